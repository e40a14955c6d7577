using System.Runtime.InteropServices;
using ImageRestoration.Masking;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests;

/// <summary>Images of random samples in the pixel types that photographs have, and the pixels of files in one type that holds them all.</summary>
internal static class RandomImages
{
    public static Image Create(string kind, int width, int height, int seed) => kind switch
    {
        "grey8" => Create<L8>(width, height, seed),
        "grey16" => Create<L16>(width, height, seed),
        "greyAlpha8" => Create<La16>(width, height, seed),
        "greyAlpha16" => Create<La32>(width, height, seed),
        "rgb8" => Create<Rgb24>(width, height, seed),
        "rgb16" => Create<Rgb48>(width, height, seed),
        "rgba8" => Create<Rgba32>(width, height, seed),
        "rgba16" => Create<Rgba64>(width, height, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };

    public static Image<TPixel> Create<TPixel>(int width, int height, int seed)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var pixels = new TPixel[width * height];
        Span<byte> bytes = MemoryMarshal.AsBytes(pixels.AsSpan());
        new Random(seed).NextBytes(bytes);

        // Transparent and opaque pixels occur, as in pictures.
        if (typeof(TPixel) == typeof(Rgba32) || typeof(TPixel) == typeof(Rgba64) || typeof(TPixel) == typeof(La16) || typeof(TPixel) == typeof(La32))
        {
            int size = bytes.Length / pixels.Length;
            int alpha = typeof(TPixel) == typeof(Rgba32) || typeof(TPixel) == typeof(La16) ? 1 : 2;
            for (int i = 0; i < pixels.Length; i++)
            {
                if (i % 3 != 0)
                {
                    bytes.Slice((i * size) + size - alpha, alpha).Fill(i % 3 == 1 ? (byte)0 : byte.MaxValue);
                }
            }
        }

        return Image.LoadPixelData<TPixel>(pixels, width, height);
    }

    /// <summary>The pixels of a file, each sample of 8 bits times 257, which is exact.</summary>
    public static Rgba64[] Pixels(string path)
    {
        using Image<Rgba64> image = Image.Load<Rgba64>(path);
        return Pixels(image);
    }

    public static Rgba64[] Pixels(Image image)
    {
        using Image<Rgba64> converted = image.CloneAs<Rgba64>();
        var pixels = new Rgba64[converted.Width * converted.Height];
        converted.CopyPixelDataTo(pixels);
        return pixels;
    }

    public static Mask Mask(int width, int height, int seed)
    {
        var mask = new Mask(height, width);
        var random = new Random(seed);
        foreach (ref byte value in mask.Values)
        {
            value = (byte)random.Next(2);
        }

        return mask;
    }
}
