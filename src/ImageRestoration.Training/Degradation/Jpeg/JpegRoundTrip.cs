using System.Buffers;
using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation.Jpeg;

/// <summary>Takes a picture through everything in JPEG that loses something.</summary>
internal static class JpegRoundTrip
{
    /// <summary>Columns of subsampled chroma up to which libjpeg repeats samples instead of filtering them.</summary>
    private const int RepeatedWidth = 2;

    /// <summary>Compresses one picture in place.</summary>
    /// <param name="picture">One picture with 1 or 3 channels.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="subsampling">Resolution of the colour planes.</param>
    /// <param name="top">Rows by which the picture is enlarged before it is cut into blocks.</param>
    /// <param name="left">Columns by which it is enlarged.</param>
    /// <param name="repeatsChroma">Whether subsampled chroma is enlarged by repetition.</param>
    public static void Apply(ImageTensor picture, int quality, ChromaSubsampling subsampling, int top, int left, bool repeatsChroma = false)
    {
        int height = checked(picture.Height + top), width = checked(picture.Width + left);
        using var luminance = new SamplePlane(height, width);
        if (picture.Channels == 1)
        {
            ReadGrey(picture, luminance, top, left);
            luminance.Round(QuantizationTable.Luminance(quality));
            WriteGrey(luminance, picture, top, left);
            return;
        }

        int columns = subsampling == ChromaSubsampling.Ratio444 ? 1 : 2, rows = subsampling == ChromaSubsampling.Ratio420 ? 2 : 1;
        int chromaHeight = (height + rows - 1) / rows, chromaWidth = (width + columns - 1) / columns;
        using var cb = new SamplePlane(chromaHeight, chromaWidth);
        using var cr = new SamplePlane(chromaHeight, chromaWidth);
        ReadColor(picture, luminance, cb, cr, subsampling, top, left);
        luminance.Round(QuantizationTable.Luminance(quality));
        cb.Round(QuantizationTable.Chrominance(quality));
        cr.Round(QuantizationTable.Chrominance(quality));
        WriteColor(luminance, cb, cr, subsampling, picture, top, left, repeatsChroma);
    }

    private static void ReadGrey(ImageTensor picture, SamplePlane luminance, int top, int left)
    {
        float[] levels = ArrayPool<float>.Shared.Rent(luminance.Stride);
        for (int row = 0; row < luminance.Height; row++)
        {
            Span<float> line = levels.AsSpan(0, luminance.Stride);
            ReadLevels(picture, 0, Math.Max(row - top, 0), left, line);
            ColorConversion.FromGrey(line, luminance.Row(row));
        }

        luminance.FillBottom();
        ArrayPool<float>.Shared.Return(levels);
    }

    private static void WriteGrey(SamplePlane luminance, ImageTensor picture, int top, int left)
    {
        float[] values = ArrayPool<float>.Shared.Rent(luminance.Stride);
        for (int row = 0; row < picture.Height; row++)
        {
            ColorConversion.ToGrey(luminance.Row(row + top), values);
            values.AsSpan(left, picture.Width).CopyTo(picture.Row(0, 0, row));
        }

        ArrayPool<float>.Shared.Return(values);
    }

    private static void ReadColor(
        ImageTensor picture, SamplePlane luminance, SamplePlane cb, SamplePlane cr, ChromaSubsampling subsampling, int top, int left)
    {
        int columns = subsampling == ChromaSubsampling.Ratio444 ? 1 : 2;
        int length = Math.Max(luminance.Stride, cb.Stride * columns);
        float[] levels = ArrayPool<float>.Shared.Rent(3 * length);
        short[] samples = ArrayPool<short>.Shared.Rent(5 * length);
        Span<float> red = levels.AsSpan(0, length), green = levels.AsSpan(length, length), blue = levels.AsSpan(2 * length, length);
        Span<short> y = samples.AsSpan(0, length);
        for (int row = 0; row < luminance.Height; row++)
        {
            int source = Math.Max(row - top, 0), parity = row & 1;
            ReadLevels(picture, 0, source, left, red);
            ReadLevels(picture, 1, source, left, green);
            ReadLevels(picture, 2, source, left, blue);
            Span<short> u = samples.AsSpan((1 + parity) * length, length), v = samples.AsSpan((3 + parity) * length, length);
            ColorConversion.FromRgb(red, green, blue, y, u, v);
            y[..luminance.Stride].CopyTo(luminance.Row(row));
            switch (subsampling)
            {
                case ChromaSubsampling.Ratio444:
                    u[..cb.Stride].CopyTo(cb.Row(row));
                    v[..cr.Stride].CopyTo(cr.Row(row));
                    break;
                case ChromaSubsampling.Ratio422:
                    ChromaSampling.HalveColumns(u, cb.Row(row));
                    ChromaSampling.HalveColumns(v, cr.Row(row));
                    break;
                default:
                    // A last row without a partner is its own.
                    if (parity == 1 || row == luminance.Height - 1)
                    {
                        ChromaSampling.HalveBoth(samples.AsSpan(length, length), u, cb.Row(row / 2));
                        ChromaSampling.HalveBoth(samples.AsSpan(3 * length, length), v, cr.Row(row / 2));
                    }

                    break;
            }
        }

        luminance.FillBottom();
        cb.FillBottom();
        cr.FillBottom();
        ArrayPool<float>.Shared.Return(levels);
        ArrayPool<short>.Shared.Return(samples);
    }

    private static void WriteColor(
        SamplePlane luminance,
        SamplePlane cb,
        SamplePlane cr,
        ChromaSubsampling subsampling,
        ImageTensor picture,
        int top,
        int left,
        bool repeatsChroma)
    {
        int length = Math.Max(luminance.Stride, cb.Stride * 2);
        float[] values = ArrayPool<float>.Shared.Rent(3 * length);
        short[] samples = ArrayPool<short>.Shared.Rent(3 * length);
        Span<float> red = values.AsSpan(0, length), green = values.AsSpan(length, length), blue = values.AsSpan(2 * length, length);
        Span<short> u = samples.AsSpan(0, length), v = samples.AsSpan(length, length), sums = samples.AsSpan(2 * length, length);
        for (int row = 0; row < picture.Height; row++)
        {
            ReadOnlySpan<short> cbRow = Upsample(cb, subsampling, row + top, u, sums, repeatsChroma);
            ReadOnlySpan<short> crRow = Upsample(cr, subsampling, row + top, v, sums, repeatsChroma);
            ColorConversion.ToRgb(luminance.Row(row + top), cbRow, crRow, red, green, blue);
            red.Slice(left, picture.Width).CopyTo(picture.Row(0, 0, row));
            green.Slice(left, picture.Width).CopyTo(picture.Row(0, 1, row));
            blue.Slice(left, picture.Width).CopyTo(picture.Row(0, 2, row));
        }

        ArrayPool<float>.Shared.Return(values);
        ArrayPool<short>.Shared.Return(samples);
    }

    /// <summary>One row of a colour plane in the picture's resolution.</summary>
    private static ReadOnlySpan<short> Upsample(
        SamplePlane plane, ChromaSubsampling subsampling, int row, Span<short> room, Span<short> sums, bool repeats)
    {
        if (subsampling == ChromaSubsampling.Ratio444)
        {
            return plane.Row(row);
        }

        int nearRow = subsampling == ChromaSubsampling.Ratio420 ? row / 2 : row;
        ReadOnlySpan<short> near = plane.Row(nearRow)[..plane.Width];
        if (repeats || plane.Width <= RepeatedWidth)
        {
            ChromaSampling.RepeatColumns(near, room);
        }
        else if (subsampling == ChromaSubsampling.Ratio422)
        {
            ChromaSampling.DoubleColumns(near, room);
        }
        else
        {
            int farRow = Math.Clamp(nearRow + ((row & 1) == 0 ? -1 : 1), 0, plane.Height - 1);
            ChromaSampling.DoubleBoth(near, plane.Row(farRow)[..plane.Width], sums, room);
        }

        return room;
    }

    /// <summary>Reads a row as levels from 0 to 255, with its first and last pixel repeated to the left and right.</summary>
    private static void ReadLevels(ImageTensor picture, int channel, int row, int left, Span<float> levels)
    {
        Span<float> known = levels.Slice(left, picture.Width);
        Quantization.ToLevels(picture.Row(0, channel, row), known, 255f);
        levels[..left].Fill(known[0]);
        levels[(left + known.Length)..].Fill(known[^1]);
    }
}
