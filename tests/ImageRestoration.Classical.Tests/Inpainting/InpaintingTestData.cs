using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Classical.Inpainting;

/// <summary>Pictures and masks by formula.</summary>
internal static class InpaintingTestData
{
    /// <summary>A picture whose values are a function of column and row.</summary>
    internal static ImageTensor Picture(int height, int width, Func<int, int, float> value)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(1, height, width));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = value(i % width, i / width);
        }

        return image;
    }

    internal static Mask Rectangle(int height, int width, int top, int left, int rows, int columns)
    {
        var mask = new Mask(height, width);
        for (int y = top; y < top + rows; y++)
        {
            mask.Values.Slice((y * width) + left, columns).Fill(1);
        }

        return mask;
    }

    internal static Mask Points(int height, int width, double share, ulong seed)
    {
        var mask = new Mask(height, width);
        var random = new SeededRandom(seed);
        foreach (ref byte value in mask.Values)
        {
            value = random.NextDouble() < share ? (byte)1 : (byte)0;
        }

        mask.Values[random.Next(mask.Values.Length)] = 0;
        return mask;
    }

    /// <summary>Largest difference where pixels are missing.</summary>
    internal static float LargestError(ImageTensor expected, ImageTensor actual, Mask mask)
    {
        float largest = 0;
        for (int i = 0; i < expected.Span.Length; i++)
        {
            if (mask.Values[i % mask.Values.Length] != 0)
            {
                largest = Math.Max(largest, Math.Abs(expected.Span[i] - actual.Span[i]));
            }
        }

        return largest;
    }
}
