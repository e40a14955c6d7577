using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Decodes a JPEG of halved chroma as libjpeg-turbo does, whose triangle filter ("fancy upsampling") smooths the chroma that
/// ImageSharp 2 repeats. ImageSharp is told by Adobe's marker that the components are red, green and blue, and so gives them back as they
/// are stored. Reference: jdsample.c and jdcolor.c of libjpeg-turbo; Adobe technical note 5116 for the marker.
/// </summary>
internal static class JpegChroma
{
    private const int FractionBits = 16;
    private const int Half = 1 << (FractionBits - 1);

    // JFIF's weights in whole numbers of 2^-16, as libjpeg rounds them.
    private const int RedOfCr = 91881;
    private const int GreenOfCb = 22554;
    private const int GreenOfCr = 46802;
    private const int BlueOfCb = 116130;

    private static ReadOnlySpan<byte> RawColors
        => [0xFF, 0xEE, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 0];

    /// <summary>Decodes a file that its inspector found whole.</summary>
    internal static Image Decode(byte[] file, int length, FileFacts facts, CancellationToken cancellationToken)
    {
        JpegColors colors = facts.Jpeg!.Value;
        int added = colors.AdobeTransformAt == 0 ? RawColors.Length : 0;
        byte[] raw = new byte[length + added];
        file.AsSpan(0, 2).CopyTo(raw);
        RawColors[..added].CopyTo(raw.AsSpan(2));
        file.AsSpan(2, length - 2).CopyTo(raw.AsSpan(2 + added));
        if (added == 0)
        {
            raw[colors.AdobeTransformAt] = 0;
        }

        using MemoryStream stream = new(raw, writable: false);
        Image<Rgb24> image = Image.Load<Rgb24>(stream);
        try
        {
            Convert(image, colors, cancellationToken);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Turns luma and repeated chroma, which stand where red, green and blue will, into colours.</summary>
    private static void Convert(Image<Rgb24> image, JpegColors colors, CancellationToken cancellationToken)
    {
        int width = (image.Width + colors.Horizontal - 1) / colors.Horizontal;
        int height = (image.Height + colors.Vertical - 1) / colors.Vertical;
        byte[] cb = new byte[checked(width * height)];
        byte[] cr = new byte[cb.Length];
        image.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<Rgb24> row = rows.GetRowSpan(y * colors.Vertical);
                for (int x = 0; x < width; x++)
                {
                    cb[(y * width) + x] = row[x * colors.Horizontal].G;
                    cr[(y * width) + x] = row[x * colors.Horizontal].B;
                }
            }

            int[] sums = new int[width];
            int[] rowCb = new int[image.Width + 1];
            int[] rowCr = new int[image.Width + 1];
            for (int y = 0; y < image.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Upsample(cb, width, height, y, colors, sums, rowCb);
                Upsample(cr, width, height, y, colors, sums, rowCr);
                ToRgb(rows.GetRowSpan(y), rowCb, rowCr);
            }
        });
    }

    private static void Upsample(byte[] plane, int width, int height, int y, JpegColors colors, int[] sums, int[] row)
    {
        int own = y / colors.Vertical;
        ReadOnlySpan<byte> near = plane.AsSpan(own * width, width);
        if (colors.Vertical == 1)
        {
            Widen(near, row);
            return;
        }

        bool upper = y % 2 == 0;
        if (colors.Horizontal == 2 && width <= 2)
        {
            for (int x = 0; x < width; x++)
            {
                row[2 * x] = row[(2 * x) + 1] = near[x];
            }

            return;
        }

        // The row beyond the border is the border itself.
        ReadOnlySpan<byte> far = plane.AsSpan(Math.Clamp(upper ? own - 1 : own + 1, 0, height - 1) * width, width);
        if (colors.Horizontal == 1)
        {
            for (int x = 0; x < width; x++)
            {
                row[x] = ((3 * near[x]) + far[x] + (upper ? 1 : 2)) >> 2;
            }

            return;
        }

        for (int x = 0; x < width; x++)
        {
            sums[x] = (3 * near[x]) + far[x];
        }

        for (int x = 0; x < width; x++)
        {
            row[2 * x] = ((3 * sums[x]) + sums[Math.Max(x - 1, 0)] + 8) >> 4;
            row[(2 * x) + 1] = ((3 * sums[x]) + sums[Math.Min(x + 1, width - 1)] + 7) >> 4;
        }
    }

    private static void Widen(ReadOnlySpan<byte> near, int[] row)
    {
        int last = near.Length - 1;
        for (int x = 0; x <= last; x++)
        {
            bool repeated = last < 2;
            row[2 * x] = repeated ? near[x] : ((3 * near[x]) + near[Math.Max(x - 1, 0)] + 1) >> 2;
            row[(2 * x) + 1] = repeated ? near[x] : ((3 * near[x]) + near[Math.Min(x + 1, last)] + 2) >> 2;
        }
    }

    private static void ToRgb(Span<Rgb24> row, int[] rowCb, int[] rowCr)
    {
        for (int x = 0; x < row.Length; x++)
        {
            int luma = row[x].R, cb = rowCb[x] - 128, cr = rowCr[x] - 128;
            row[x] = new Rgb24(
                Limit(luma + (((RedOfCr * cr) + Half) >> FractionBits)),
                Limit(luma + (((-GreenOfCb * cb) - (GreenOfCr * cr) + Half) >> FractionBits)),
                Limit(luma + (((BlueOfCb * cb) + Half) >> FractionBits)));
        }
    }

    private static byte Limit(int value) => (byte)Math.Clamp(value, 0, byte.MaxValue);
}
