using System.Buffers.Binary;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tests;

/// <summary>Pictures made by formulas, and where the bundled photographs are.</summary>
internal static class TestPictures
{
    public static IEnumerable<string> Photographs
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            {
                folder = folder.Parent;
            }

            Assert.NotNull(folder);
            string[] photographs = Directory.GetFiles(Path.Combine(folder.FullName, "samples", "photos"), "*.jpg");
            Assert.NotEmpty(photographs);
            return photographs.Order(StringComparer.Ordinal);
        }
    }

    /// <summary>A part of a photograph from its middle.</summary>
    public static async Task<ImageTensor> CropAsync(string path, int height, int width)
    {
        using ImageTensor whole = await ImageFile.LoadAsync(path);
        ImageTensor crop = ImageTensor.CreateUninitialized(whole.Shape with { Height = height, Width = width });
        for (int c = 0; c < whole.Channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                whole.Row(0, c, y + 200).Slice(300, width).CopyTo(crop.Row(0, c, y));
            }
        }

        return crop;
    }

    /// <summary>Values n/255 from a seed.</summary>
    public static ImageTensor Random(int seed, int channels, int height, int width, int maximum = 255)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(channels, height, width));
        var random = new Random(seed);
        foreach (ref float value in image.Span)
        {
            value = random.Next(maximum + 1) / (float)maximum;
        }

        return image;
    }

    /// <summary>Gradients and waves with a few hard edges.</summary>
    public static ImageTensor Smooth(int channels, int height, int width)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double wave = 0.5 + (0.3 * Math.Sin((x + (3 * c)) / 9.0) * Math.Cos(y / 7.0)) + (0.15 * (x + y) / (width + height));
                    image.Row(0, c, y)[x] = (float)Math.Clamp((x / 16) % 4 == 1 && (y / 16) % 3 == 1 ? wave - 0.25 : wave, 0, 1);
                }
            }
        }

        return image;
    }

    public static void AssertSame(ImageTensor expected, ImageTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        int difference = expected.Span.CommonPrefixLength(actual.Span);
        Assert.True(difference == expected.Span.Length, $"Value {difference} of {expected.Shape} differs.");
    }

    /// <summary>An EXIF profile that holds an orientation and nothing else: little-endian TIFF with one entry.</summary>
    public static byte[] ExifWithOrientation(ushort orientation)
    {
        byte[] exif = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(exif.AsSpan(18), orientation);
        return exif;
    }
}
