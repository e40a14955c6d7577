using System.Numerics.Tensors;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Finds for each missing pixel the known one whose detail is to be copied. From coarse scales to fine ones, patches of the base, which is
/// smooth in known and missing parts alike, and of the amount of detail are matched by PatchMatch; then, near these matches, patches of the
/// picture with the detail that they give it.
/// </summary>
internal sealed class TextureMatch
{
    // The coarsest scale is an eighth; the shorter side of a scale is halved only while it holds so many patches.
    private const int MostLevels = 4;
    private const int FewestPatches = 4;

    // What the amount of detail counts beside a channel's value.
    private const float DetailWeight = 2;

    // On the coarsest scale matches come from anywhere, on finer ones from around those of the scale before.
    private const int CoarsestSweeps = 8;
    private const int CoherentSweeps = 2;
    private const int SearchRadius = 32;
    private const int FinestSearchRadius = 8;
    private const float Coherence = 0.3f;

    private readonly DetailBands _bands;
    private readonly byte[] _missing;
    private readonly int _half;
    private readonly long _seed;
    private readonly ParallelOptions _parallel;
    private readonly float[] _amounts;

    /// <summary>Prepares the search.</summary>
    /// <param name="bands">The picture in bands, its missing part filled smoothly.</param>
    /// <param name="missing">Its missing pixels (1).</param>
    /// <param name="expected">How much detail is expected: <see cref="ExpectedDetail"/>.</param>
    /// <param name="options">Size of patches and seed.</param>
    /// <param name="parallel">Threads and token.</param>
    internal TextureMatch(
        DetailBands bands, byte[] missing, float[][] expected, TextureSynthesisOptions options, ParallelOptions parallel)
    {
        _bands = bands;
        _missing = missing;
        _half = (options.PatchSize - 1) / 2;
        _seed = options.Seed;
        _parallel = parallel;
        _amounts = new float[bands.PixelCount];
        ForRows((from, to) =>
        {
            Span<float> amounts = _amounts.AsSpan(from..to);
            foreach (float[] energy in expected)
            {
                TensorPrimitives.Add(amounts, energy.AsSpan(from..to), amounts);
            }

            TensorPrimitives.Sqrt(amounts, amounts);
            TensorPrimitives.Multiply(amounts, DetailWeight / MathF.Sqrt(bands.Channels), amounts);
        });
    }

    private int Height => _bands.Box.Height;

    private int Width => _bands.Box.Width;

    /// <summary>Finds the pixels.</summary>
    /// <returns>
    /// For each pixel, row · width + column, the one to copy detail from: itself where it is known; <see langword="null"/> if there is
    /// nothing to copy from.
    /// </returns>
    internal int[]? Find()
    {
        List<PatchLevel> levels = [CreateLevel(_bands.Base)];
        while (levels.Count < MostLevels
            && Math.Min(levels[^1].Height, levels[^1].Width) >= FewestPatches * ((2 * _half) + 1))
        {
            levels.Add(levels[^1].HalveAll(_parallel));
        }

        PatchField? coarser = null;
        PatchLevel finest = levels[0].WithMargin(_half, _parallel);
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            coarser = Match(i == 0 ? finest : levels[i].WithMargin(_half, _parallel), coarser, i);
        }

        if (coarser is null)
        {
            return null;
        }

        int[] sources = Read(coarser, finest);
        CreateLevel(WithCopiedDetail(sources)).WithMargin(_half, _parallel).Values.CopyTo(finest.Values, 0);
        coarser.Measure();
        Sweep(coarser, CoherentSweeps);
        return Read(coarser, finest);
    }

    private PatchField? Match(PatchLevel level, PatchField? coarser, int scale)
    {
        int everywhere = Math.Max(level.Height, level.Width);
        var field = new PatchField(level, _half, PatchRoles.ForCopying(level, _half), _seed + scale, _parallel)
        {
            SearchRadius = coarser is null ? everywhere : scale > 0 ? SearchRadius : FinestSearchRadius,
        };
        if (!field.HasSources)
        {
            return null;
        }

        if (coarser is null)
        {
            field.StartAtRandom();
        }
        else
        {
            field.StartFrom(coarser);
        }

        field.Measure();
        Sweep(field, coarser is null ? CoarsestSweeps : 1);
        field.Coherence = Coherence;
        Sweep(field, CoherentSweeps);
        return field;
    }

    private void Sweep(PatchField field, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _parallel.CancellationToken.ThrowIfCancellationRequested();
            field.Sweep();
        }
    }

    private int[] Read(PatchField field, PatchLevel level)
    {
        int[] sources = new int[_missing.Length];
        ForRows((from, to) =>
        {
            int inside = (((from / Width) + _half) * level.Width) + _half;
            for (int i = from; i < to; i++)
            {
                int source = field.Sources[inside + i - from];
                sources[i] = source < 0 ? i : (((source / level.Width) - _half) * Width) + (source % level.Width) - _half;
            }
        });
        return sources;
    }

    private float[][] WithCopiedDetail(int[] sources)
    {
        float[][] planes = new float[_bands.Channels][];
        for (int c = 0; c < planes.Length; c++)
        {
            (float[] plane, float[] picture, float[] smooth) = (new float[_missing.Length], _bands.Picture[c], _bands.Base[c]);
            ForRows((from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    plane[i] = _missing[i] == 0 ? picture[i] : smooth[i] + picture[sources[i]] - smooth[sources[i]];
                }
            });
            planes[c] = plane;
        }

        return planes;
    }

    /// <summary>A scale with the channels of a picture and the amount of detail.</summary>
    private PatchLevel CreateLevel(float[][] planes)
    {
        var level = new PatchLevel(Height, Width, planes.Length + 1);
        _missing.CopyTo(level.Missing, 0);
        ForRows((from, to) =>
        {
            for (int c = 0; c < level.Channels; c++)
            {
                float[] plane = c < planes.Length ? planes[c] : _amounts;
                for (int i = from; i < to; i++)
                {
                    level.Values[(i * level.Channels) + c] = plane[i];
                }
            }
        });
        return level;
    }

    private void ForRows(Action<int, int> action) => Parallel.For(0, Height, _parallel, y => action(y * Width, (y + 1) * Width));
}
