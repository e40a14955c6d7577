using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Splits interleaved pixels into planes, row by row.</summary>
internal static class PixelReader
{
    private const float Maximum16Bit = 65535f;

    // Exactly n/255 for every n; one load instead of a conversion and a division.
    private static readonly float[] _unit8Bit = [.. Enumerable.Range(0, 256).Select(n => n / 255f)];

    private delegate bool GreyRow<TPixel>(ReadOnlySpan<TPixel> source, Span<float> grey);

    private delegate bool ColorRow<TPixel>(ReadOnlySpan<TPixel> source, Span<float> red, Span<float> green, Span<float> blue);

    internal static int ChannelsOf(Image image) => image is Image<L8> or Image<L16> or Image<La16> or Image<La32> ? 1 : 3;

    /// <summary>Fills one picture of a tensor that is as large as the image and has at least as many channels.</summary>
    internal static void Read(Image image, ImageTensor tensor, int index)
    {
        switch (image)
        {
            case Image<L8> grey:
                ReadGrey(grey, tensor, index, Grey8);
                break;
            case Image<Rgb24> color:
                ReadColor(color, tensor, index, Rgb8);
                break;
            case Image<Bgr24> color:
                ReadColor(color, tensor, index, Bgr8);
                break;
            case Image<Rgba32> color:
                ReadColor(color, tensor, index, Rgba8);
                break;
            case Image<Bgra32> color:
                ReadColor(color, tensor, index, Bgra8);
                break;
            case Image<La16> grey:
                ReadGrey(grey, tensor, index, GreyAlpha8);
                break;
            case Image<L16> grey:
                ReadGrey(grey, tensor, index, Grey16);
                break;
            case Image<La32> grey:
                ReadGrey(grey, tensor, index, GreyAlpha16);
                break;
            case Image<Rgb48> color:
                ReadColor(color, tensor, index, Rgb16);
                break;
            case Image<Rgba64> color:
                ReadColor(color, tensor, index, Rgba16);
                break;
            default:
                string type = image.GetType() is { IsGenericType: true } generic ? generic.GetGenericArguments()[0].Name : image.GetType().Name;
                throw new ImageFileException($"Pixels of type {type} are not converted, because values might be lost unnoticed. Convert the image first, for instance with image.CloneAs<Rgb24>() or, for more than 8 bits, image.CloneAs<Rgb48>().");
        }
    }

    private static void ReadGrey<TPixel>(Image<TPixel> image, ImageTensor tensor, int index, GreyRow<TPixel> read)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        bool opaque = true;
        image.ProcessPixelRows(pixels =>
        {
            for (int y = 0; y < pixels.Height; y++)
            {
                opaque &= read(pixels.GetRowSpan(y), tensor.Row(index, 0, y));
            }
        });
        ThrowIfTransparent(opaque);
        for (int c = 1; c < tensor.Channels; c++)
        {
            tensor.Plane(index, 0).CopyTo(tensor.Plane(index, c));
        }
    }

    private static void ReadColor<TPixel>(Image<TPixel> image, ImageTensor tensor, int index, ColorRow<TPixel> read)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        bool opaque = true;
        image.ProcessPixelRows(pixels =>
        {
            for (int y = 0; y < pixels.Height; y++)
            {
                opaque &= read(pixels.GetRowSpan(y), tensor.Row(index, 0, y), tensor.Row(index, 1, y), tensor.Row(index, 2, y));
            }
        });
        ThrowIfTransparent(opaque);
    }

    private static void ThrowIfTransparent(bool opaque)
    {
        // An alpha channel that is opaque everywhere says nothing, so nothing is lost without it.
        if (!opaque)
        {
            throw new ImageFileException("The image has transparent pixels, and a tensor of RGB or grey has no place for them. Flatten the image onto a background, or save it without transparency, and treat the alpha channel apart.");
        }
    }

    private static bool Grey8(ReadOnlySpan<L8> source, Span<float> grey)
    {
        float[] unit = _unit8Bit;
        for (int x = 0; x < source.Length; x++)
        {
            grey[x] = unit[source[x].PackedValue];
        }

        return true;
    }

    private static bool GreyAlpha8(ReadOnlySpan<La16> source, Span<float> grey)
    {
        float[] unit = _unit8Bit;
        int alpha = byte.MaxValue;
        for (int x = 0; x < source.Length; x++)
        {
            grey[x] = unit[source[x].L];
            alpha &= source[x].A;
        }

        return alpha == byte.MaxValue;
    }

    private static bool Grey16(ReadOnlySpan<L16> source, Span<float> grey)
    {
        for (int x = 0; x < source.Length; x++)
        {
            grey[x] = source[x].PackedValue / Maximum16Bit;
        }

        return true;
    }

    private static bool GreyAlpha16(ReadOnlySpan<La32> source, Span<float> grey)
    {
        int alpha = ushort.MaxValue;
        for (int x = 0; x < source.Length; x++)
        {
            grey[x] = source[x].L / Maximum16Bit;
            alpha &= source[x].A;
        }

        return alpha == ushort.MaxValue;
    }

    private static bool Rgb8(ReadOnlySpan<Rgb24> source, Span<float> red, Span<float> green, Span<float> blue)
    {
        float[] unit = _unit8Bit;
        for (int x = 0; x < source.Length; x++)
        {
            Rgb24 pixel = source[x];
            red[x] = unit[pixel.R];
            green[x] = unit[pixel.G];
            blue[x] = unit[pixel.B];
        }

        return true;
    }

    private static bool Bgr8(ReadOnlySpan<Bgr24> source, Span<float> red, Span<float> green, Span<float> blue)
    {
        float[] unit = _unit8Bit;
        for (int x = 0; x < source.Length; x++)
        {
            Bgr24 pixel = source[x];
            red[x] = unit[pixel.R];
            green[x] = unit[pixel.G];
            blue[x] = unit[pixel.B];
        }

        return true;
    }

    private static bool Rgba8(ReadOnlySpan<Rgba32> source, Span<float> red, Span<float> green, Span<float> blue)
    {
        float[] unit = _unit8Bit;
        int alpha = byte.MaxValue;
        for (int x = 0; x < source.Length; x++)
        {
            Rgba32 pixel = source[x];
            red[x] = unit[pixel.R];
            green[x] = unit[pixel.G];
            blue[x] = unit[pixel.B];
            alpha &= pixel.A;
        }

        return alpha == byte.MaxValue;
    }

    private static bool Bgra8(ReadOnlySpan<Bgra32> source, Span<float> red, Span<float> green, Span<float> blue)
    {
        float[] unit = _unit8Bit;
        int alpha = byte.MaxValue;
        for (int x = 0; x < source.Length; x++)
        {
            Bgra32 pixel = source[x];
            red[x] = unit[pixel.R];
            green[x] = unit[pixel.G];
            blue[x] = unit[pixel.B];
            alpha &= pixel.A;
        }

        return alpha == byte.MaxValue;
    }

    private static bool Rgb16(ReadOnlySpan<Rgb48> source, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int x = 0; x < source.Length; x++)
        {
            Rgb48 pixel = source[x];
            red[x] = pixel.R / Maximum16Bit;
            green[x] = pixel.G / Maximum16Bit;
            blue[x] = pixel.B / Maximum16Bit;
        }

        return true;
    }

    private static bool Rgba16(ReadOnlySpan<Rgba64> source, Span<float> red, Span<float> green, Span<float> blue)
    {
        int alpha = ushort.MaxValue;
        for (int x = 0; x < source.Length; x++)
        {
            Rgba64 pixel = source[x];
            red[x] = pixel.R / Maximum16Bit;
            green[x] = pixel.G / Maximum16Bit;
            blue[x] = pixel.B / Maximum16Bit;
            alpha &= pixel.A;
        }

        return alpha == ushort.MaxValue;
    }
}
