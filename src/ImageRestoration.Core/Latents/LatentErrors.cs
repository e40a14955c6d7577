using ImageRestoration.Imaging;

namespace ImageRestoration.Latents;

/// <summary>What encoders and decoders refuse, in words.</summary>
internal static class LatentErrors
{
    private const string OtherEncoder = "Use the encoder that belongs to this decoder.";

    internal static TensorShapeException WrongChannels(ImageTensor image, EncoderInfo encoder)
    {
        string target = encoder.ImageChannels == 1 ? "grey" : Invariant($"{encoder.ImageChannels} channels");
        return new(Invariant($"The image has {image.Channels} channel(s); the encoder takes {encoder.ImageChannels}. ")
            + $"Convert the image to {target}.");
    }

    internal static TensorShapeException NoMultiple(ImageTensor image, EncoderInfo encoder) => new(
        Invariant($"The image is {image.Height}×{image.Width} (height×width); the encoder takes multiples of {encoder.SizeMultiple}. ")
        + "Pad the image, or use a restorer, which pads and crops.");

    internal static TensorShapeException ConditionMissing(LatentTensorSpec condition) => new(
        $"The encoder takes '{condition}' beside the picture, which was not given. Pass it as {nameof(EncodeRequest)}."
        + $"{nameof(EncodeRequest.Conditions)}, or a class to ImageGenerator.");

    internal static TensorShapeException WrongCondition(LatentTensorSpec condition, EncodeRequest request, ImageShape expected) => new(
        $"Condition '{condition.Name}' is {request.Conditions!.ShapeOf(condition.Name)}; "
        + $"beside an image of {request.Image.Shape} the encoder takes {expected}.");

    internal static TensorShapeException TensorMissing(string decoder, string tensor, Latent latent) => new(
        $"Decoder '{decoder}' takes a tensor '{tensor}' that the latent does not have. "
        + $"It has: {string.Join(", ", latent.Names)}. {OtherEncoder}");

    internal static TensorShapeException WrongTensorChannels(string decoder, string tensor, int channels, int expected) => new(
        Invariant($"Tensor '{tensor}' of the latent has {channels} channels; decoder '{decoder}' takes {expected}. {OtherEncoder}"));

    internal static TensorShapeException WrongTensor(
        string decoder, string tensor, ImageShape shape, ImageShape expected, string first, ImageShape firstShape)
        => new($"Tensor '{tensor}' of the latent is {shape}; decoder '{decoder}' takes {expected} "
            + $"beside '{first}' of {firstShape}. {OtherEncoder}");

    internal static TensorShapeException NotMade(LatentTensorSpec taken, LatentSpec made) => new(
        $"The decoder takes a latent tensor '{taken}' and the encoder makes none of that name. "
        + $"It makes: {string.Join("; ", made.Tensors)}. Use a decoder that was made for this encoder.");

    internal static TensorShapeException MadeDifferently(LatentTensorSpec made, LatentTensorSpec taken) => new(
        $"The encoder makes latent tensor '{made}' and the decoder takes '{taken}'. Use a decoder that was made for this encoder.");
}
