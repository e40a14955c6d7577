using ImageRestoration.Imaging;

namespace ImageRestoration.Benchmarks;

/// <summary>Pictures by formula: smooth waves with edges.</summary>
internal static class SyntheticPicture
{
    /// <summary>Makes an RGB picture on the levels of 8 bits; the caller disposes it.</summary>
    public static ImageTensor Create(int size) => Create(size, size);

    /// <summary>Makes an RGB picture on the levels of 8 bits; the caller disposes it.</summary>
    public static ImageTensor Create(int height, int width)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(3, height, width));
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Span<float> row = image.Row(0, c, y);
                for (int x = 0; x < width; x++)
                {
                    float edge = ((x / 32) + (y / 32)) % 2 == 0 ? 0.2f : -0.2f;
                    row[x] = 0.5f + edge + (0.25f * MathF.Sin((x * 0.11f) + (y * 0.07f) + c));
                }
            }
        }

        Quantization.RoundTo8Bit(image);
        return image;
    }
}
