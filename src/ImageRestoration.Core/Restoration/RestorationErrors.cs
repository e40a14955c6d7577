using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>What restorers refuse, in words.</summary>
internal static class RestorationErrors
{
    internal static TensorShapeException WrongChannels(ImageTensor image, RestorerInfo info)
    {
        string remedy = (image.Channels, info.Channels) switch
        {
            (4, 3) => "Convert it to RGB and treat alpha apart.",
            (1, 3) => $"Use a model for grey images, or put a {nameof(ChannelAdaptingRestorer)} around this one.",
            (3, 1) => $"Use a model for RGB images, or put a {nameof(ChannelAdaptingRestorer)} around this one.",
            _ => "Use an image with as many channels as the model takes.",
        };
        return new(Invariant($"The image has {image.Channels} channel(s); restorer '{info.Name}' takes {info.Channels}. {remedy}"));
    }

    internal static MaskRequiredException NoMask(RestorerInfo info) => new(
        $"Restorer '{info.Name}' fills in missing pixels and the request has no mask. Pass a mask with 1 where pixels are missing.");

    internal static TensorValueException NotFinite() => new(
        "The image holds NaN or infinite values. Replace them, or mark those pixels as missing in a mask and set them to 0.");

    internal static TensorShapeException WrongShape(RestorerInfo info, ImageShape made, ImageShape expected) => new(
        $"Restorer '{info.Name}' made {made} of a picture of {expected}. "
        + "A restorer keeps the shape; use a network whose output is as large as its input.");

    internal static TensorShapeException NotRoutable(RestorerInfo color, RestorerInfo? grey) => new(
        Invariant($"Restorer '{color.Name}' takes {color.Channels} channel(s){(color.TakesMask ? " and a mask" : string.Empty)}")
        + (grey is null ? string.Empty : Invariant($", and '{grey.Name}' {grey.Channels}{(grey.TakesMask ? " and a mask" : string.Empty)}"))
        + ". Give one for 3 channels and one for 1 channel, both with a mask or neither.");

    internal static TensorShapeException PairChannels(EncoderInfo encoder, DecoderInfo decoder) => new(
        Invariant($"The encoder takes pictures of {encoder.ImageChannels} channel(s) and the decoder makes {decoder.ImageChannels}. ")
        + "A restorer keeps the channels.");

    internal static TensorShapeException DecodedShape(ImageShape made, ImageShape expected) => new(
        $"The decoder made {made} of an image of {expected}. A restorer keeps the size; check the decoder's upsampling.");

    internal static TensorShapeException Conditional(EncoderInfo encoder) => new(
        $"The encoder takes {string.Join("; ", encoder.Conditions.Tensors)} beside the picture, which a restorer has no value for. "
        + $"Call {nameof(IEncoder)} and {nameof(IDecoder)} themselves, as ImageGenerator does.");

    internal static TensorShapeException NotDivisible(EncoderInfo encoder, LatentTensorSpec tensor) => new(
        $"The encoder takes pictures in multiples of {encoder.SizeMultiple} and makes latent tensor '{tensor}', "
        + $"which not all of them divide into. Its {nameof(EncoderInfo.SizeMultiple)} must be a multiple of "
        + Invariant($"{tensor.HeightScale.Denominator}×{tensor.WidthScale.Denominator}."));

    internal static TensorShapeException NotAsLarge(Network network)
    {
        (NetworkInput image, NetworkOutput output) = (network.Inputs[0], network.Outputs[0]);
        return new(
            Invariant($"Network '{network.Name}' makes {output.Channels} channels at {output.HeightScale} of the height ")
            + Invariant($"and {output.WidthScale} of the width out of {image.Channels} at {image.Scale}. ")
            + "A restorer keeps channels and size; give a network that does.");
    }

    internal static TensorShapeException NotAdaptable(RestorerInfo info) => new(
        Invariant($"Restorer '{info.Name}' takes pictures of {info.Channels} channels; between 1 (grey) and 3 (RGB) alone can be adapted. ")
        + "Use a restorer for one of these.");

    internal static InvalidOperationException NoLogging() => new(
        $"{nameof(RestorerBuilder.UseLogging)} finds no ILoggerFactory. Register one with services.AddLogging(), "
        + $"or give one to {nameof(RestorerBuilder.UseLogging)}.");

    internal static InvalidOperationException NoRestorer(int decorator) => new(
        Invariant($"The function given to {nameof(RestorerBuilder.Use)} as number {decorator} returned null. ")
        + "Return a restorer: the one given, where there is nothing to put around it.");

    internal static ArgumentOutOfRangeException WrongVariants(int variants, string parameterName)
        => new(parameterName, variants, Invariant($"An ensemble has 2, 4 or 8 variants, not {variants}."));

    internal static ArgumentOutOfRangeException WrongChannels(int channels, string parameterName)
        => new(parameterName, channels, Invariant($"Pictures have 1 (grey) or 3 (RGB) channels, not {channels}."));

    internal static ArgumentOutOfRangeException WrongStrength(float value) => new(
        nameof(value),
        value,
        Invariant($"{nameof(RestorationOptions.Strength)} is {value}; it must be from 0 (the picture as it is) to 1 (restored)."));

    internal static ArgumentOutOfRangeException WrongTargetExposure(double value) => new(
        nameof(value),
        value,
        Invariant($"{nameof(RestorationOptions.TargetExposure)} is {value}; it must be from -10 (darker) to 10 stops (brighter)."));
}
