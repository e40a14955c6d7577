using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using NetVips;

namespace ImageRestoration.NetVips;

/// <summary>Makes an image of libvips of a picture, and encodes it.</summary>
internal static class VipsEncoder
{
    /// <summary>Bits of an AVIF made of a picture of 16: the most that the format has.</summary>
    private const int DeepHeifBits = 12;

    internal static void Encode(Stream target, DecodedPhoto photo, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        using Image pixels = Create(photo, cancellationToken);
        using Image image = WithMetadata(pixels, photo.Metadata, photo.Facts.Format);
        cancellationToken.ThrowIfCancellationRequested();
        switch (photo.Facts.Format)
        {
            case PhotoFormat.Jpeg:
                image.JpegsaveStream(target, q: options.JpegQuality, optimizeCoding: true, subsampleMode: Enums.ForeignSubsample.Off);
                break;
            case PhotoFormat.Webp:
                // Exact: the colour of transparent pixels is kept.
                image.WebpsaveStream(target, q: options.WebpQuality, lossless: photo.Facts.IsLossless, exact: true);
                break;
            default:
                image.HeifsaveStream(
                    target,
                    q: options.HeifQuality,
                    bitdepth: photo.Facts.Bits == 16 ? DeepHeifBits : 8,
                    compression: Enums.ForeignHeifCompression.Av1,
                    subsampleMode: Enums.ForeignSubsample.Auto);
                break;
        }
    }

    private static Image Create(DecodedPhoto photo, CancellationToken cancellationToken)
    {
        ImageTensor color = photo.Image;
        int bands = color.Channels + (photo.Alpha is null ? 0 : 1);
        bool deep = photo.Facts.Bits == 16;
        byte[] samples = new byte[checked((long)color.Width * color.Height * bands * (deep ? 2 : 1))];
        float[] scaled = new float[color.Width];
        for (int y = 0; y < color.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int c = 0; c < bands; c++)
            {
                ReadOnlySpan<float> values = c < color.Channels ? color.Row(0, c, y) : photo.Alpha!.Row(0, 0, y);
                TensorPrimitives.Clamp(values, 0f, 1f, scaled);
                TensorPrimitives.Multiply(scaled, deep ? ushort.MaxValue : byte.MaxValue, scaled);
                TensorPrimitives.Round<float>(scaled, scaled);
                int at = (y * color.Width * bands) + c;
                if (deep)
                {
                    Interleave<ushort>(scaled, MemoryMarshal.Cast<byte, ushort>(samples.AsSpan())[at..], bands);
                }
                else
                {
                    Interleave<byte>(scaled, samples.AsSpan(at), bands);
                }
            }
        }

        Enums.BandFormat format = deep ? Enums.BandFormat.Ushort : Enums.BandFormat.Uchar;
        using Image image = Image.NewFromMemory(samples, color.Width, color.Height, bands, format);
        return image.Copy(interpretation: (color.Channels, deep) switch
        {
            (1, false) => Enums.Interpretation.Bw,
            (1, true) => Enums.Interpretation.Grey16,
            (_, false) => Enums.Interpretation.Srgb,
            _ => Enums.Interpretation.Rgb16,
        });
    }

    private static void Interleave<T>(ReadOnlySpan<float> levels, Span<T> target, int bands)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (int x = 0; x < levels.Length; x++)
        {
            target[x * bands] = T.CreateTruncating(levels[x]);
        }
    }

    private static Image WithMetadata(Image image, PhotoMetadata metadata, PhotoFormat format)
    {
        (double x, double y) = PixelsByMillimeter(metadata.Resolution);
        using Image resolved = image.Copy(xres: x, yres: y);
        return resolved.Mutate(fields =>
        {
            Set(fields, "icc-profile-data", metadata.Icc);
            Set(fields, "exif-data", metadata.Exif.IsEmpty ? default : (byte[])[.. "Exif\0\0"u8, .. metadata.Exif.Span]);
            Set(fields, "xmp-data", metadata.Xmp);
            bool wrapped = format == PhotoFormat.Jpeg && !metadata.Iptc.IsEmpty;
            Set(fields, "iptc-data", wrapped ? IptcBlock.Wrap(metadata.Iptc.Span) : metadata.Iptc);
            if (metadata.Resolution is { } resolution)
            {
                fields.Set(GValue.GStrType, "resolution-unit", resolution.Unit == PhotoResolutionUnit.Inch ? "in" : "cm");
            }
        });
    }

    private static (double X, double Y) PixelsByMillimeter(PhotoResolution? resolution)
    {
        double scale = resolution?.Unit switch
        {
            PhotoResolutionUnit.Inch => 1 / 25.4,
            PhotoResolutionUnit.Centimeter => 0.1,
            PhotoResolutionUnit.Meter => 0.001,
            _ => 1,
        };
        return resolution is { Unit: not PhotoResolutionUnit.None } known ? (known.Horizontal * scale, known.Vertical * scale) : (1, 1);
    }

    private static void Set(MutableImage fields, string name, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            fields.Set(GValue.BlobType, name, value.ToArray());
        }
    }
}
