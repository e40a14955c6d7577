using System.Numerics.Tensors;

namespace ImageRestoration.Imaging;

/// <summary>Luminance of gamma-encoded RGB as JPEG and OpenCV define it: ITU-R BT.601 over the full range.</summary>
internal static class LuminanceWeights
{
    private static readonly float[] Rgb = [0.299f, 0.587f, 0.114f];

    /// <summary>What a channel contributes; all contribute alike where there are not three.</summary>
    public static float Of(int channel, int channels) => channels == 3 ? Rgb[channel] : 1f / channels;

    /// <summary>Computes the luminance of one row.</summary>
    public static void Compute(ImageTensor image, int picture, int row, Span<float> destination)
    {
        TensorPrimitives.Multiply(image.Row(picture, 0, row), Of(0, image.Channels), destination);
        for (int channel = 1; channel < image.Channels; channel++)
        {
            TensorPrimitives.MultiplyAdd(image.Row(picture, channel, row), Of(channel, image.Channels), destination, destination);
        }
    }
}
