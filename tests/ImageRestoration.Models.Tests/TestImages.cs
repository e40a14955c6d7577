using ImageRestoration.Imaging;

namespace ImageRestoration.Models.Tests;

/// <summary>Pictures by formula, on the levels of 8 bits.</summary>
internal static class TestImages
{
    /// <summary>Waves around mid-grey that leave room for noise of sigma 25 without clipping.</summary>
    public static ImageTensor CreateWaves(int channels = 3, int height = 48, int width = 64)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<float> row = image.Row(0, c, y);
                for (int x = 0; x < width; x++)
                {
                    row[x] = 0.5f + (0.05f * MathF.Sin((x * 0.3f) + (y * 0.2f) + c));
                }
            }
        }

        Quantization.RoundTo8Bit(image);
        return image;
    }

    public static ImageTensor CreateConstant(float value, int channels = 3, int height = 16, int width = 16)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(channels, height, width));
        image.Span.Fill(value);
        return image;
    }
}
