using System.Buffers;

namespace ImageRestoration.Masking;

/// <summary>Stretches a smooth surface over missing pixels: an approximate solution of Laplace's equation between the known ones.</summary>
/// <remarks>
/// <para>Harmonic inpainting (Chan and Shen, "Mathematical Models for Local Nontexture Inpaintings", 2002, section 3), solved by a cascadic multigrid method
/// (Bornemann and Deuflhard, "The cascadic multigrid method for elliptic problems", 1996): pixels are averaged two by two until none is missing; from there
/// back to the full size, missing pixels are interpolated and relaxed a few times. Work and memory grow with the number of pixels alone.</para>
/// <para>At the picture's edges the surface meets the edge at a right angle. All arithmetic is scalar and in a fixed order, so results are the same on every
/// platform.</para>
/// </remarks>
internal sealed class HarmonicFill
{
    private const int Sweeps = 4;

    // The coarser the level, the fewer the pixels and the further each sweep carries; cascadic methods sweep more there.
    private const int MoreSweepsPerLevel = 4;

    private readonly List<Level> _levels = [];

    /// <summary>Prepares for a mask; the result serves any number of planes, one at a time.</summary>
    internal HarmonicFill(Mask mask)
    {
        var missing = new byte[mask.Values.Length];
        mask.CopyTo(missing);
        var level = new Level(mask.Height, mask.Width, missing);
        _levels.Add(level);
        while (level.Runs.Count > 0 && (level.Height > 1 || level.Width > 1))
        {
            level = level.Halve();
            _levels.Add(level);
        }
    }

    /// <summary>Fills the missing pixels of a plane, at least one of which is known.</summary>
    internal void Fill(Span<float> plane, CancellationToken cancellationToken = default)
    {
        var planes = new float[_levels.Count][];
        try
        {
            for (int l = 0; l < _levels.Count; l++)
            {
                planes[l] = ArrayPool<float>.Shared.Rent(_levels[l].Height * _levels[l].Width);
            }

            plane.CopyTo(planes[0]);
            for (int l = 1; l < _levels.Count; l++)
            {
                _levels[l].Average(_levels[l - 1], planes[l - 1], planes[l]);
            }

            for (int l = _levels.Count - 2; l >= 0; l--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _levels[l].Interpolate(_levels[l + 1], planes[l + 1], planes[l]);
                for (int sweep = 0; sweep < Sweeps + (MoreSweepsPerLevel * l); sweep++)
                {
                    _levels[l].Relax(planes[l], parity: 0);
                    _levels[l].Relax(planes[l], parity: 1);
                }
            }

            planes[0].AsSpan(0, plane.Length).CopyTo(plane);
        }
        finally
        {
            foreach (float[] rented in planes)
            {
                if (rented is not null)
                {
                    ArrayPool<float>.Shared.Return(rented);
                }
            }
        }
    }

    /// <summary>A mask at one size, and where in each row pixels are missing.</summary>
    private sealed class Level
    {
        private readonly byte[] _missing;

        internal Level(int height, int width, byte[] missing)
        {
            Height = height;
            Width = width;
            _missing = missing;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    if (missing[(y * width) + x] == 0)
                    {
                        continue;
                    }

                    int from = x;
                    while (x < width && missing[(y * width) + x] != 0)
                    {
                        x++;
                    }

                    Runs.Add((y, from, x));
                }
            }
        }

        internal int Height { get; }

        internal int Width { get; }

        /// <summary>Row, first column, column behind the last.</summary>
        internal List<(int Row, int From, int To)> Runs { get; } = [];

        /// <summary>Half the size, rounded up; a pixel is missing where all four are.</summary>
        internal Level Halve()
        {
            int height = (Height + 1) / 2, width = (Width + 1) / 2;
            var missing = new byte[height * width];
            Array.Fill(missing, (byte)1);
            for (int y = 0; y < Height; y++)
            {
                for (int x = 0; x < Width; x++)
                {
                    missing[(y / 2 * width) + (x / 2)] &= _missing[(y * Width) + x];
                }
            }

            return new Level(height, width, missing);
        }

        /// <summary>Makes this level's known pixels the means of the finer level's known ones.</summary>
        internal void Average(Level finer, float[] fine, float[] coarse)
        {
            for (int y = 0; y < Height; y++)
            {
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
                            if (finer._missing[i] == 0)
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
        internal void Interpolate(Level coarser, float[] coarse, float[] fine)
        {
            foreach ((int y, int from, int to) in Runs)
            {
                int near = y / 2 * coarser.Width, far = Math.Clamp((y & 1) == 0 ? (y / 2) - 1 : (y / 2) + 1, 0, coarser.Height - 1) * coarser.Width;
                for (int x = from; x < to; x++)
                {
                    int u = x / 2, v = Math.Clamp((x & 1) == 0 ? u - 1 : u + 1, 0, coarser.Width - 1);
                    fine[(y * Width) + x] = (0.5625f * coarse[near + u]) + (0.1875f * coarse[near + v]) + (0.1875f * coarse[far + u]) + (0.0625f * coarse[far + v]);
                }
            }
        }

        /// <summary>Makes every second missing pixel the mean of its neighbours, chessboard-wise.</summary>
        internal void Relax(float[] plane, int parity)
        {
            foreach ((int y, int from, int to) in Runs)
            {
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
