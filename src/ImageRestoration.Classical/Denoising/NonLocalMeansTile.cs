using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// Non-local means of one tile, offset by offset: distances of all patches to those an offset away are box sums of squared differences, and
/// each weight serves both of its patches (Darbon et al. 2008).
/// </summary>
/// <remarks>A tile with its surroundings fits into a core's cache, in which the hundred passes over it then stay.</remarks>
internal readonly ref struct NonLocalMeansTile
{
    public const int MaximumHeight = 64;
    public const int MaximumWidth = 256;

    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;
    private readonly int _patch;
    private readonly int _search;
    private readonly int _halo;
    private readonly float _scale;
    private readonly float _bias;
    private readonly Span<float> _pixels;
    private readonly Span<float> _sums;
    private readonly Span<float> _rows;

    private NonLocalMeansTile(int height, int width, int channels, NonLocalMeansKernel kernel, Span<float> buffer)
    {
        _height = height;
        _width = width;
        _channels = channels;
        _patch = kernel.PatchSize;
        _search = kernel.SearchRadius;
        _halo = kernel.Halo;
        _scale = kernel.Scale / channels;
        _bias = kernel.Bias;
        _pixels = buffer[..(channels * PaddedHeight * PaddedWidth)];
        _sums = buffer.Slice(_pixels.Length, (channels + 1) * SumHeight * SumWidth);
        _rows = buffer.Slice(_pixels.Length + _sums.Length, (_patch + 2) * PaddedWidth);
    }

    private int PaddedHeight => _height + (2 * _halo);

    private int PaddedWidth => _width + (2 * _halo);

    private int SumHeight => _height + (2 * _search);

    private int SumWidth => _width + (2 * _search);

    /// <summary>Denoises up to 64×256 pixels of one picture.</summary>
    public static void Denoise(ImageTensor image, ImageTensor result, int picture, int top, int left, NonLocalMeansKernel kernel)
    {
        int height = Math.Min(MaximumHeight, image.Height - top);
        int width = Math.Min(MaximumWidth, image.Width - left);
        int padded = (height + (2 * kernel.Halo)) * (width + (2 * kernel.Halo));
        int length = (((2 * image.Channels) + 1) * padded) + ((kernel.PatchSize + 2) * (width + (2 * kernel.Halo)));
        float[] buffer = ArrayPool<float>.Shared.Rent(length);
        try
        {
            var tile = new NonLocalMeansTile(height, width, image.Channels, kernel, buffer);
            tile.Load(image, picture, top, left);
            tile._sums.Clear();

            // Half of the offsets: the other half are the same pairs of patches seen from the other end.
            for (int dy = 0; dy <= kernel.SearchRadius; dy++)
            {
                for (int dx = dy == 0 ? 1 : -kernel.SearchRadius; dx <= kernel.SearchRadius; dx++)
                {
                    tile.AddOffset(dy, dx);
                }
            }

            tile.Store(result, picture, top, left);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private void Load(ImageTensor image, int picture, int top, int left)
    {
        int inside = Math.Min(_width + _halo, image.Width - left);
        int before = Math.Min(_halo, left);
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int y = 0; y < PaddedHeight; y++)
            {
                ReadOnlySpan<float> source = image.Row(picture, channel, MirrorPadding.Mirror(top + y - _halo, image.Height));
                Span<float> destination = PixelRow(channel, y);
                source.Slice(left - before, before + inside).CopyTo(destination[(_halo - before)..]);
                for (int x = 0; x < _halo - before; x++)
                {
                    destination[x] = source[MirrorPadding.Mirror(left + x - _halo, image.Width)];
                }

                for (int x = _halo + inside; x < destination.Length; x++)
                {
                    destination[x] = source[MirrorPadding.Mirror(left + x - _halo, image.Width)];
                }
            }
        }
    }

    /// <summary>
    /// Compares every patch with the one (dy, dx) away and adds each one's centre to the other's sum. Rows and columns count from the
    /// tile's own.
    /// </summary>
    private void AddOffset(int dy, int dx)
    {
        int radius = _patch / 2;
        int first = -Math.Max(dx, 0);
        int count = _width + Math.Abs(dx);
        int wide = count + (2 * radius);
        Span<float> ring = _rows[..(_patch * wide)];
        Span<float> columns = _rows.Slice(_patch * PaddedWidth, wide);
        Span<float> weights = _rows.Slice((_patch + 1) * PaddedWidth, count);
        ring.Clear();
        columns.Clear();
        for (int y = -dy - radius, slot = 0; y < _height + radius; y++, slot = slot + 1 == _patch ? 0 : slot + 1)
        {
            Span<float> squares = ring.Slice(slot * wide, wide);
            TensorPrimitives.Subtract(columns, squares, columns);
            for (int channel = 0; channel < _channels; channel++)
            {
                ReadOnlySpan<float> here = PixelRow(channel, y + _halo).Slice(first - radius + _halo, wide);
                ReadOnlySpan<float> there = PixelRow(channel, y + dy + _halo).Slice(first - radius + dx + _halo, wide);
                AddSquares(here, there, squares, overwrite: channel == 0);
            }

            TensorPrimitives.Add(columns, squares, columns);
            int centre = y - radius;
            if (centre >= -dy)
            {
                TensorPrimitives.Add(columns[..count], columns.Slice(1, count), weights);
                for (int k = 2; k < _patch; k++)
                {
                    TensorPrimitives.Add(weights, columns.Slice(k, count), weights);
                }

                ToWeights(weights);
                AddWeighted(weights, centre, first, dy, dx);
            }
        }
    }

    private void AddWeighted(ReadOnlySpan<float> weights, int y, int x, int dy, int dx)
    {
        int count = weights.Length;
        for (int channel = 0; channel < _channels; channel++)
        {
            ReadOnlySpan<float> here = PixelRow(channel, y + _halo).Slice(x + _halo, count);
            ReadOnlySpan<float> there = PixelRow(channel, y + dy + _halo).Slice(x + dx + _halo, count);
            Span<float> sumHere = SumRow(channel, y + _search).Slice(x + _search, count);
            TensorPrimitives.MultiplyAdd(weights, there, sumHere, sumHere);
            Span<float> sumThere = SumRow(channel, y + dy + _search).Slice(x + dx + _search, count);
            TensorPrimitives.MultiplyAdd(weights, here, sumThere, sumThere);
        }

        Span<float> totalHere = SumRow(_channels, y + _search).Slice(x + _search, count);
        TensorPrimitives.Add(totalHere, weights, totalHere);
        Span<float> totalThere = SumRow(_channels, y + dy + _search).Slice(x + dx + _search, count);
        TensorPrimitives.Add(totalThere, weights, totalThere);
    }

    /// <summary>Divides by the weights' sum; a pixel's own weight is 1.</summary>
    private void Store(ImageTensor result, int picture, int top, int left)
    {
        for (int y = 0; y < _height; y++)
        {
            Span<float> total = SumRow(_channels, y + _search).Slice(_search, _width);
            TensorPrimitives.Add(total, 1f, total);
            for (int channel = 0; channel < _channels; channel++)
            {
                Span<float> destination = result.Row(picture, channel, top + y).Slice(left, _width);
                TensorPrimitives.Add(
                    SumRow(channel, y + _search).Slice(_search, _width), PixelRow(channel, y + _halo).Slice(_halo, _width), destination);
                TensorPrimitives.Divide(destination, total, destination);
            }
        }
    }

    private static void AddSquares(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> sums, bool overwrite)
    {
        ReadOnlySpan<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> ys = MemoryMarshal.Cast<float, Vector<float>>(y)[..xs.Length];
        Span<Vector<float>> ss = MemoryMarshal.Cast<float, Vector<float>>(sums)[..xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            Vector<float> difference = xs[i] - ys[i];
            ss[i] = overwrite ? difference * difference : (difference * difference) + ss[i];
        }

        for (int i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            float difference = x[i] - y[i];
            sums[i] = overwrite ? difference * difference : (difference * difference) + sums[i];
        }
    }

    /// <summary>Turns sums of squared differences into exp(−max(scale · sum − bias, 0)), to a relative 1e-6.</summary>
    private void ToWeights(Span<float> sums)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(sums);
        var scale = new Vector<float>(_scale);
        var bias = new Vector<float>(_bias);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] = ToWeight(vectors[i], scale, bias);
        }

        int done = vectors.Length * Vector<float>.Count;
        if (done < sums.Length)
        {
            Span<float> rest = stackalloc float[Vector<float>.Count];
            rest.Clear();
            sums[done..].CopyTo(rest);
            ToWeight(new Vector<float>(rest), scale, bias).CopyTo(rest);
            rest[..(sums.Length - done)].CopyTo(sums[done..]);
        }
    }

    private static Vector<float> ToWeight(Vector<float> sum, Vector<float> scale, Vector<float> bias)
    {
        // In powers of two, and no smaller than what is normal: 2⁻¹⁰⁰ of a pixel is nothing.
        Vector<float> power = Vector.Min(Vector.Max((sum * scale) - bias, Vector<float>.Zero), new Vector<float>(100));
        Vector<int> whole = Vector.ConvertToInt32(power + new Vector<float>(0.5f));
        Vector<float> rest = (Vector.ConvertToSingle(whole) - power) * new Vector<float>(0.693147181f);

        // Taylor's series on [−ln 2 / 2, ln 2 / 2].
        var exponential = new Vector<float>(1f / 720);
        exponential = (exponential * rest) + new Vector<float>(1f / 120);
        exponential = (exponential * rest) + new Vector<float>(1f / 24);
        exponential = (exponential * rest) + new Vector<float>(1f / 6);
        exponential = (exponential * rest) + new Vector<float>(0.5f);
        exponential = (exponential * rest) + Vector<float>.One;
        exponential = (exponential * rest) + Vector<float>.One;
        return exponential * Vector.AsVectorSingle(Vector.ShiftLeft(new Vector<int>(127) - whole, 23));
    }

    private Span<float> PixelRow(int channel, int row) => _pixels.Slice(((channel * PaddedHeight) + row) * PaddedWidth, PaddedWidth);

    private Span<float> SumRow(int plane, int row) => _sums.Slice(((plane * SumHeight) + row) * SumWidth, SumWidth);
}
