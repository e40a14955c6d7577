using System.Numerics;
using System.Numerics.Tensors;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// One grid of the multigrid pyramid: which of its points are unknown, and the squared five-point Laplacian on them. Its rows at
/// the picture's border follow from mirroring the picture there with the border pixel repeated (slope zero), which makes it symmetric.
/// </summary>
internal sealed class BiharmonicLevel
{
    private readonly double[] _missing;
    private readonly RowSegments _laplacian;

    private BiharmonicLevel(int height, int width, double scale, double[] missing, CancellationToken cancellationToken)
    {
        Height = height;
        Width = width;
        Scale = scale;
        _missing = missing;
        Unknown = new RowSegments(missing, height, width, margin: 0, cancellationToken);
        _laplacian = new RowSegments(missing, height, width, margin: 1, cancellationToken);
    }

    internal int Height { get; }

    internal int Width { get; }

    internal int Length => _missing.Length;

    /// <summary>Where the unknown points are; results elsewhere are left as they are.</summary>
    internal RowSegments Unknown { get; }

    /// <summary>
    /// Corrections from this grid times this are corrections of the next finer one: its Laplacian has twice the spacing, its sums half the
    /// points a direction.
    /// </summary>
    internal double Scale { get; }

    internal static BiharmonicLevel[] CreatePyramid(Mask mask, PixelBox box, CancellationToken cancellationToken)
    {
        double[] missing = new double[box.Height * box.Width];
        for (int y = 0; y < box.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int x = 0; x < box.Width; x++)
            {
                missing[(y * box.Width) + x] = mask[box.Top + y, box.Left + x] ? 1 : 0;
            }
        }

        List<BiharmonicLevel> levels = [new(box.Height, box.Width, scale: 1, missing, cancellationToken)];
        while (levels[^1].TryCoarsen(cancellationToken) is { } coarser)
        {
            levels.Add(coarser);
        }

        return [.. levels];
    }

    /// <summary>Multiplies by the squared Laplacian and keeps the unknown points.</summary>
    /// <param name="values">One value a point.</param>
    /// <param name="result">Receives one value a point; not the same memory.</param>
    /// <param name="laplacian">Three rows of working memory.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal void Apply(ReadOnlySpan<double> values, Span<double> result, Span<double> laplacian, CancellationToken cancellationToken)
    {
        for (int y = -1; y < Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (y + 1 < Height)
            {
                int start = (y + 1) * Width;
                foreach ((int from, int to) in _laplacian.Row(y + 1))
                {
                    Laplacian(
                        ValueRow(values, y),
                        ValueRow(values, y + 1),
                        ValueRow(values, y + 2),
                        from - start,
                        to - start,
                        LaplacianRow(laplacian, y + 1));
                }
            }

            if (y >= 0)
            {
                int start = y * Width;
                Span<double> row = result.Slice(start, Width);
                foreach ((int from, int to) in Unknown.Row(y))
                {
                    Laplacian(
                        LaplacianRow(laplacian, y - 1),
                        LaplacianRow(laplacian, y),
                        LaplacianRow(laplacian, y + 1),
                        from - start,
                        to - start,
                        row);
                    TensorPrimitives.Multiply(result[from..to], _missing.AsSpan(from..to), result[from..to]);
                }
            }
        }

        ReadOnlySpan<double> ValueRow(ReadOnlySpan<double> plane, int y) => plane.Slice(Math.Clamp(y, 0, Height - 1) * Width, Width);

        Span<double> LaplacianRow(Span<double> rows, int y) => rows.Slice(Math.Clamp(y, 0, Height - 1) % 3 * Width, Width);
    }

    /// <summary>Adds the bilinear interpolation of the coarser grid's values, times its scale, at the unknown points.</summary>
    internal void AddInterpolated(
        BiharmonicLevel coarser, ReadOnlySpan<double> correction, Span<double> values, CancellationToken cancellationToken)
    {
        double quarter = coarser.Scale / 4;
        for (int y = 0; y < Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> above = correction.Slice(y / 2 * coarser.Width, coarser.Width);
            ReadOnlySpan<double> below = correction.Slice(Math.Min((y + 1) / 2, coarser.Height - 1) * coarser.Width, coarser.Width);
            foreach ((int from, int to) in Unknown.Row(y))
            {
                for (int i = from; i < to; i++)
                {
                    int x = i - (y * Width);
                    int left = x / 2;
                    int right = Math.Min((x + 1) / 2, coarser.Width - 1);
                    values[i] += _missing[i] * quarter * (above[left] + above[right] + below[left] + below[right]);
                }
            }
        }
    }

    /// <summary>
    /// Brings a residual to the coarser grid: the transpose of <see cref="AddInterpolated"/> without its factor, at the coarser grid's
    /// unknown points.
    /// </summary>
    internal void Restrict(
        BiharmonicLevel coarser, ReadOnlySpan<double> residual, Span<double> result, CancellationToken cancellationToken)
    {
        for (int y = 0; y < coarser.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach ((int from, int to) in coarser.Unknown.Row(y))
            {
                for (int i = from; i < to; i++)
                {
                    int x = i - (y * coarser.Width);
                    double sum = RestrictRow(coarser, residual, 2 * y, x);
                    sum += y > 0 ? 0.5 * RestrictRow(coarser, residual, (2 * y) - 1, x) : 0;
                    sum += (2 * y) + 1 < Height ? (y == coarser.Height - 1 ? 1 : 0.5) * RestrictRow(coarser, residual, (2 * y) + 1, x) : 0;
                    result[i] = coarser._missing[i] * sum;
                }
            }
        }
    }

    private double RestrictRow(BiharmonicLevel coarser, ReadOnlySpan<double> residual, int row, int x)
    {
        int i = (row * Width) + (2 * x);
        double sum = residual[i];
        sum += x > 0 ? 0.5 * residual[i - 1] : 0;
        sum += (2 * x) + 1 < Width ? (x == coarser.Width - 1 ? 1 : 0.5) * residual[i + 1] : 0;
        return sum;
    }

    private static void Laplacian(
        ReadOnlySpan<double> above, ReadOnlySpan<double> row, ReadOnlySpan<double> below, int from, int to, Span<double> result)
    {
        int last = row.Length - 1;
        int x = from;
        if (x == 0)
        {
            result[0] = above[0] + below[0] + row[Math.Min(1, last)] - (3 * row[0]);
            x = 1;
        }

        var four = new Vector<double>(4);
        int inner = Math.Min(to, last);
        for (; x + Vector<double>.Count <= inner; x += Vector<double>.Count)
        {
            Vector<double> sum = new Vector<double>(above[x..])
                + new Vector<double>(below[x..])
                + new Vector<double>(row[(x - 1)..])
                + new Vector<double>(row[(x + 1)..]);
            (sum - (four * new Vector<double>(row[x..]))).CopyTo(result[x..]);
        }

        for (; x < to; x++)
        {
            result[x] = above[x] + below[x] + row[x - 1] + row[Math.Min(x + 1, last)] - (4 * row[x]);
        }
    }

    /// <summary>
    /// Halves the grid. A coarse point is unknown only if the nine fine points around it are: interpolated corrections then vanish at
    /// known pixels by themselves, and thin or scattered gaps, which smoothing alone fills in, end the pyramid.
    /// </summary>
    private BiharmonicLevel? TryCoarsen(CancellationToken cancellationToken)
    {
        (int height, int width) = ((Height + 1) / 2, (Width + 1) / 2);
        if (height == Height && width == Width)
        {
            return null;
        }

        double[] missing = new double[height * width];
        bool any = false;
        for (int y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int x = 0; x < width; x++)
            {
                double all = 1;
                for (int v = Math.Max(0, (2 * y) - 1); v <= Math.Min(Height - 1, (2 * y) + 1); v++)
                {
                    for (int u = Math.Max(0, (2 * x) - 1); u <= Math.Min(Width - 1, (2 * x) + 1); u++)
                    {
                        all *= _missing[(v * Width) + u];
                    }
                }

                missing[(y * width) + x] = all;
                any |= all != 0;
            }
        }

        double scale = 16.0 / ((Height > 1 ? 2 : 1) * (Width > 1 ? 2 : 1));
        return any ? new BiharmonicLevel(height, width, scale, missing, cancellationToken) : null;
    }
}
