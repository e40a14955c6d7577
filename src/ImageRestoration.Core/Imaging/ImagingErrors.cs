namespace ImageRestoration.Imaging;

/// <summary>What image tensors and their conversions refuse, in words.</summary>
internal static class ImagingErrors
{
    internal static ArgumentOutOfRangeException EmptyShape(ImageShape shape, string parameterName)
        => new(parameterName, shape, $"Shape {shape} has a dimension below 1. Every dimension of an image tensor is at least 1.");

    internal static ArgumentOutOfRangeException TooLarge(ImageShape shape, Int128 count, string parameterName) => new(
        parameterName, shape, Invariant($"Shape {shape} has {count} values; one tensor holds at most {Array.MaxLength}. ")
        + "Process the picture in tiles or in smaller batches.");

    internal static TensorShapeException OtherLength(int length, ImageShape shape) => new(
        Invariant($"The memory holds {length} values; shape {shape} needs {shape.ElementCount}. ")
        + "Give memory of that length or the matching shape.");

    internal static TensorShapeException NotRgb(int channels) => new(
        Invariant($"The image has {channels} channel(s); luminance is computed of RGB, which has 3. Grey images need no conversion."));

    internal static ArgumentOutOfRangeException WrongGain(double stops, double most)
        => new(nameof(stops), stops, Invariant($"The gain must lie between 0 and {most} stops."));

    internal static TensorShapeException OtherChannels(ImageShape image, ImageShape destination) => new(
        Invariant($"The image has shape {image} and the destination {destination}. ")
        + Invariant($"Give a destination with {image.Batch} pictures of {image.Channels} channels."));

    internal static ArgumentException SharedMemory(string destination)
        => new("The destination shares memory with the image. Give a destination of its own.", destination);
}
