using ImageRestoration.Networks;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Why an .onnx file makes no restorer, and what to do about it.</summary>
internal static class OnnxFileErrors
{
    internal static ModelFormatException WithoutTask(string path)
        => new($"'{path}' does not say what it is for: it was not exported from a model of this library. Say it yourself: "
            + $"{nameof(OnnxRestorer)}.{nameof(OnnxRestorer.Load)}(path, {nameof(RestorationTask)}.{RestorationTask.Denoise}, …).");

    internal static ModelFormatException PartOfModel(string path, string part)
        => new($"'{path}' holds the {part} of a model; a restorer needs the whole. "
            + $"Export it with {nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Part)} = {OnnxModelPart.Whole}.");

    internal static ArgumentOutOfRangeException UnknownTask(RestorationTask task, string parameterName)
        => new(parameterName, task, $"There is no task {task}. Use {nameof(RestorationTask)}.{RestorationTask.Other} where none fits.");

    internal static ArgumentOutOfRangeException SizeMultiple(Size2d value, string parameterName)
        => new(parameterName, value, $"The size multiple is {value}; both numbers must be at least 1.");

    internal static ArgumentException PrecisionOfFile(OnnxPrecision precision, string parameterName)
        => new(
            $"Precision is {precision}, and a file computes with what it was exported for. Leave it out, "
                + $"and export the file with {nameof(OnnxExportOptions)}.{nameof(OnnxExportOptions.Precision)} = {precision}.",
            parameterName);

    internal static ModelFormatException InputCount(string path, string[] inputs)
        => new(Invariant($"'{path}' has {inputs.Length} inputs ({string.Join(", ", inputs)}); ")
            + "a restorer takes a picture, and a mask where the network has a second input of one channel.");

    internal static ModelFormatException OpenChannels(string path, string input)
        => new($"'{path}' leaves the channels of input '{input}' open. Export it with a fixed number of channels: 1 for grey, 3 for RGB.");

    internal static ModelFormatException NoMask(string path, string input)
        => new($"'{path}' has a second input '{input}' that is no mask: a mask has one channel. "
            + "Use a network that takes a picture, or a picture and a mask.");

    internal static ModelFormatException ChannelsChanged(string path, int output, int input)
        => new(Invariant($"'{path}' makes pictures of {output} channel(s) out of pictures of {input}. A restorer keeps the channels."));

    internal static ModelFormatException ElementType(string path, string name)
        => new($"'{path}': '{name}' is no float32 tensor. Export the network with float32 inputs and outputs.");

    internal static ModelFormatException Dimensions(string path, string name, int dimensions, int expected)
        => new(Invariant($"'{path}': '{name}' has {dimensions} dimensions; pictures have {expected}: batch, channels, height, width."));

    internal static ModelFormatException FixedSize(string path, string name, int[] dimensions)
        => new($"'{path}': '{name}' is fixed to [{string.Join(", ", dimensions)}] (-1 = open); a restorer takes pictures of every size. "
            + "Export the network with height and width open, and with batch open or 1.");

    internal static ModelFormatException Description(string path, Exception e)
        => new($"'{path}': the description of the model is not valid: {e.Message} Export the model again.", e);

    internal static ModelFormatException SizeMultipleText(string path, string text)
        => new($"'{path}': the size multiple '{text}' is not two numbers such as 8,8. Export the model again.");

    internal static ModelFormatException TileHaloText(string path, string text, int largest)
        => new(Invariant($"'{path}': the tiles' halo '{text}' is neither four numbers up to {largest} such as 40,40,40,40 nor ")
            + $"'{OnnxMetadata.GlobalHalo}'. Export the model again.");

    internal static ModelFormatException ValuesPerPixelText(string path, string text)
        => new($"'{path}': the values per pixel '{text}' are no number above 0. Export the model again.");
}
