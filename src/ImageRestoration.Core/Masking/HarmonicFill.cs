using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>Stretches a smooth surface over missing pixels: an approximate solution of Laplace's equation between the known ones.</summary>
/// <remarks>
/// <para>Harmonic inpainting (Chan and Shen, "Mathematical Models for Local Nontexture Inpaintings", 2002, section 3), solved by a cascadic
/// multigrid method (Bornemann and Deuflhard, "The cascadic multigrid method for elliptic problems", 1996): pixels are averaged two by two
/// until none is missing; from there back to the full size, missing pixels are interpolated and relaxed a few times. Work and memory grow
/// with the number of pixels alone.</para>
/// <para>At the picture's edges the surface meets the edge at a right angle. All arithmetic is scalar and in a fixed order, so results are
/// the same on every platform.</para>
/// </remarks>
internal sealed class HarmonicFill : IDisposable
{
    private const int Sweeps = 4;

    // The coarser the level, the fewer the pixels and the further each sweep carries; cascadic methods sweep more there.
    private const int MoreSweepsPerLevel = 4;

    private readonly Mask _mask;
    private readonly List<Level> _levels = [];
    private readonly NativeArray<float> _coarser;
    private readonly NativeArray<byte> _missing;

    /// <summary>Prepares for a mask; the result serves any number of planes, one at a time.</summary>
    internal HarmonicFill(Mask mask, CancellationToken cancellationToken = default)
    {
        _mask = mask;
        int length = 0;
        for ((int height, int width) = (mask.Height, mask.Width); height > 1 || width > 1; length += height * width)
        {
            (height, width) = ((height + 1) / 2, (width + 1) / 2);
        }

        _coarser = new NativeArray<float>(length);
        _missing = new NativeArray<byte>(length);
        try
        {
            var level = new Level(mask.Height, mask.Width, start: 0, mask.Values, cancellationToken);
            _levels.Add(level);
            for (int start = 0; level.Runs.Count > 0 && (level.Height > 1 || level.Width > 1); start += level.Height * level.Width)
            {
                level = level.Halve(Missing(_levels.Count - 1), _missing.Span[start..], start, cancellationToken);
                _levels.Add(level);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Fills the missing pixels of a plane, at least one of which is known.</summary>
    internal void Fill(Span<float> plane, CancellationToken cancellationToken = default)
    {
        for (int l = 1; l < _levels.Count; l++)
        {
            _levels[l].Average(_levels[l - 1], Missing(l - 1), Values(plane, l - 1), Values(plane, l), cancellationToken);
        }

        for (int l = _levels.Count - 2; l >= 0; l--)
        {
            Span<float> values = Values(plane, l);
            _levels[l].Interpolate(_levels[l + 1], Values(plane, l + 1), values, cancellationToken);
            for (int sweep = 0; sweep < Sweeps + (MoreSweepsPerLevel * l); sweep++)
            {
                _levels[l].Relax(values, parity: 0, cancellationToken);
                _levels[l].Relax(values, parity: 1, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _coarser.Dispose();
        _missing.Dispose();
    }

    private ReadOnlySpan<byte> Missing(int level)
        => level == 0 ? _mask.Values : _missing.Span.Slice(_levels[level].Start, _levels[level].Height * _levels[level].Width);

    /// <summary>The plane itself is the finest level; the coarser ones together take a third of its size.</summary>
    private Span<float> Values(Span<float> plane, int level)
        => level == 0 ? plane : _coarser.Span.Slice(_levels[level].Start, _levels[level].Height * _levels[level].Width);

    /// <summary>One size of the picture, and where in each row pixels are missing.</summary>
    private sealed class Level
    {
        internal Level(int height, int width, int start, ReadOnlySpan<byte> missing, CancellationToken cancellationToken)
        {
            Height = height;
            Width = width;
            Start = start;
            for (int y = 0; y < height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<byte> row = missing.Slice(y * width, width);
                for (int to = 0, next; (next = row[to..].IndexOfAnyExcept((byte)0)) >= 0;)
                {
                    int from = to + next, length = row[from..].IndexOf((byte)0);
                    to = length < 0 ? width : from + length;
                    Runs.Add((y, from, to));
                }
            }
        }

        /// <summary>Where the level's values begin among those of all coarser levels.</summary>
        internal int Start { get; }

        internal int Height { get; }

        internal int Width { get; }

        /// <summary>Row, first column, column behind the last.</summary>
        internal List<(int Row, int From, int To)> Runs { get; } = [];

        /// <summary>Half the size, rounded up; a pixel is missing where all four are.</summary>
        internal Level Halve(ReadOnlySpan<byte> missing, Span<byte> coarser, int start, CancellationToken cancellationToken)
        {
            int height = (Height + 1) / 2, width = (Width + 1) / 2;
            coarser = coarser[..(height * width)];
            coarser.Fill(1);
            for (int y = 0; y < Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<byte> fine = missing.Slice(y * Width, Width);
                Span<byte> coarse = coarser.Slice(y / 2 * width, width);
                for (int x = 0; x < fine.Length; x++)
                {
                    if (fine[x] == 0)
                    {
                        coarse[x / 2] = 0;
                    }
                }
            }

            return new Level(height, width, start, coarser, cancellationToken);
        }

        /// <summary>Makes this level's known pixels the means of the finer level's known ones.</summary>
        internal void Average(
            Level finer, ReadOnlySpan<byte> missing, ReadOnlySpan<float> fine, Span<float> coarse, CancellationToken cancellationToken)
        {
            for (int y = 0; y < Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int bottom = Math.Min((2 * y) + 1, finer.Height - 1);
                for (int x = 0; x < Width; x++)
                {
                    int right = Math.Min((2 * x) + 1, finer.Width - 1);
                    float sum = 0;
                    int count = 0;
                    for (int v = 2 * y; v <= bottom; v++)
                    {
                        for (int u = 2 * x; u <= right; u++)
                        {
                            int i = (v * finer.Width) + u;
                            if (missing[i] == 0)
                            {
                                sum += fine[i];
                                count++;
                            }
                        }
                    }

                    coarse[(y * Width) + x] = count == 0 ? 0 : sum / count;
                }
            }
        }

        /// <summary>Gives missing pixels bilinear interpolations of the coarser level, whose pixels are all filled by now.</summary>
        internal void Interpolate(Level coarser, ReadOnlySpan<float> coarse, Span<float> fine, CancellationToken cancellationToken)
        {
            foreach ((int y, int from, int to) in Runs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int near = y / 2 * coarser.Width;
                int far = Math.Clamp((y & 1) == 0 ? (y / 2) - 1 : (y / 2) + 1, 0, coarser.Height - 1) * coarser.Width;
                for (int x = from; x < to; x++)
                {
                    int u = x / 2, v = Math.Clamp((x & 1) == 0 ? u - 1 : u + 1, 0, coarser.Width - 1);
                    fine[(y * Width) + x] = (0.5625f * coarse[near + u]) + (0.1875f * coarse[near + v])
                        + (0.1875f * coarse[far + u]) + (0.0625f * coarse[far + v]);
                }
            }
        }

        /// <summary>Makes every second missing pixel the mean of its neighbours, chessboard-wise.</summary>
        internal void Relax(Span<float> plane, int parity, CancellationToken cancellationToken)
        {
            foreach ((int y, int from, int to) in Runs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                bool hasUpper = y > 0, hasLower = y < Height - 1;
                for (int x = from + ((from + y + parity) & 1); x < to; x += 2)
                {
                    int i = (y * Width) + x;
                    float sum = 0;
                    int count = 0;
                    if (hasUpper)
                    {
                        sum += plane[i - Width];
                        count++;
                    }

                    if (x > 0)
                    {
                        sum += plane[i - 1];
                        count++;
                    }

                    if (x < Width - 1)
                    {
                        sum += plane[i + 1];
                        count++;
                    }

                    if (hasLower)
                    {
                        sum += plane[i + Width];
                        count++;
                    }

                    plane[i] = sum / count;
                }
            }
        }
    }
}
