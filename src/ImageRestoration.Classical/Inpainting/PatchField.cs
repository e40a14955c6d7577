using System.Numerics;
using ImageRestoration.Numerics;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// For each patch that overlaps the missing part (a target, named by its central pixel), the most similar patch found so far that may be
/// copied from (its source). Sources are improved by propagation and random search (Barnes et al. 2009, section 3.2).
/// </summary>
internal sealed class PatchField
{
    // Rows that one task sweeps over. Tasks share nothing, so the result does not depend on their number or order.
    private const int BandRows = 32;

    private readonly PatchLevel _level;
    private readonly int _half;
    private readonly PatchRoles _roles;
    private readonly List<int> _sources = [];
    private readonly float[] _distances;
    private readonly float[] _lanes;
    private readonly long _seed;
    private readonly ParallelOptions _parallel;
    private int _sweeps;

    internal PatchField(PatchLevel level, int half, PatchRoles roles, long seed, ParallelOptions parallel)
    {
        _parallel = parallel;
        _level = level;
        _half = half;
        _seed = seed;
        _roles = roles;
        int length = level.Missing.Length;
        Sources = new int[length];
        Sources.AsSpan().Fill(-1);
        _distances = new float[length];
        _lanes = CreateLanes(((2 * half) + 1) * level.Channels);
        SearchRadius = Math.Max(level.Height, level.Width);
        for (int i = 0; i < length; i++)
        {
            if (roles.IsSource[i])
            {
                _sources.Add(i);
            }
        }
    }

    /// <summary>The central pixel of each target's source; -1 where there is none.</summary>
    internal int[] Sources { get; }

    /// <summary>
    /// By which share the source that continues a neighbour's may be farther than the present one and is preferred all the same: larger
    /// pieces are copied (Hertzmann et al., "Image Analogies", 2001).
    /// </summary>
    internal float Coherence { get; set; }

    /// <summary>Sum of the squared differences between each target and its source.</summary>
    internal ReadOnlySpan<float> Distances => _distances;

    /// <inheritdoc cref="PatchRoles.IsRelaxed"/>
    internal bool IsRelaxed => _roles.IsRelaxed;

    /// <summary>The widest ring of the random search around a source, in pixels; the whole picture where not set.</summary>
    internal int SearchRadius { get; init; }

    /// <summary>Whether there is any patch to copy from.</summary>
    internal bool HasSources => _sources.Count > 1;

    /// <summary>Takes over the sources of the next coarser scale; targets without one get a random source.</summary>
    internal void StartFrom(PatchField coarser)
    {
        (int width, int coarseWidth, int margin) = (_level.Width, coarser._level.Width, _level.Margin);
        ForBands(0, (band, from, to) =>
        {
            SeededRandom random = SeededRandom.ForSample(_seed, _sweeps, band);
            for (int i = from * width; i < to * width; i++)
            {
                if (!_roles.IsTarget[i])
                {
                    continue;
                }

                (int y, int x) = ((i / width) - margin, (i % width) - margin);
                int coarse = coarser.Sources[(((y / 2) + margin) * coarseWidth) + (x / 2) + margin];
                int row = (2 * ((coarse / coarseWidth) - margin)) + (y % 2) + margin;
                int column = (2 * ((coarse % coarseWidth) - margin)) + (x % 2) + margin;
                int source = (row * width) + column;
                Sources[i] = coarse >= 0 && row < _level.Height && column < width && IsAllowed(i, source)
                    ? source
                    : RandomSource(i, random);
            }
        });
        _sweeps++;
    }

    /// <summary>Gives every target a random source that it keeps until a better one is found.</summary>
    internal void StartAtRandom()
    {
        SeededRandom random = SeededRandom.ForSample(_seed, _sweeps++, 0);
        for (int i = 0; i < Sources.Length; i++)
        {
            if (_roles.IsTarget[i])
            {
                Sources[i] = RandomSource(i, random);
            }
        }
    }

    /// <summary>Measures all sources again, after the picture has changed.</summary>
    internal void Measure()
        => ForBands(0, (_, from, to) =>
        {
            for (int y = from; y < to; y++)
            {
                _parallel.CancellationToken.ThrowIfCancellationRequested();
                for (int i = y * _level.Width; i < (y + 1) * _level.Width; i++)
                {
                    if (Sources[i] >= 0)
                    {
                        _distances[i] = Distance(i, Sources[i], float.PositiveInfinity);
                    }
                }
            }
        });

    /// <summary>Sweeps once over all targets, forwards and backwards in turn.</summary>
    internal void Sweep()
    {
        bool forwards = _sweeps % 2 == 0;

        // Every second pair of sweeps moves the bands by half their height, so that good sources cross their borders.
        ForBands(_sweeps / 2 % 2 * BandRows / 2, (band, from, to) =>
        {
            SeededRandom random = SeededRandom.ForSample(_seed, _sweeps, band);
            int step = forwards ? -1 : 1;
            for (int row = 0; row < to - from; row++)
            {
                _parallel.CancellationToken.ThrowIfCancellationRequested();
                int y = forwards ? from + row : to - 1 - row;
                for (int column = 0; column < _level.Width; column++)
                {
                    int x = forwards ? column : _level.Width - 1 - column;
                    int target = (y * _level.Width) + x;
                    if (_roles.IsTarget[target])
                    {
                        Improve(
                            target,
                            x > 0 && x < _level.Width - 1 ? target + step : -1,
                            row > 0 ? target + (step * _level.Width) : -1,
                            random);
                    }
                }
            }
        });
        _sweeps++;
    }

    /// <summary>Sum of the squared differences of two patches; once it is not below a bound, any number that is not.</summary>
    internal float Distance(int target, int source, float bound)
    {
        int channels = _level.Channels;
        int stride = _level.Width * channels;
        int corner = ((_half * _level.Width) + _half) * channels;
        ref float values = ref _level.Values[0];
        nuint a = (nuint)((target * channels) - corner);
        nuint b = (nuint)((source * channels) - corner);
        int length = ((2 * _half) + 1) * channels;
        int last = (length - 1) / Vector<float>.Count * Vector<float>.Count;
        var lanes = new Vector<float>(_lanes);
        float sum = 0;
        for (int row = 0; row <= 2 * _half; row++, a += (nuint)stride, b += (nuint)stride)
        {
            Vector<float> difference = (
                Vector.LoadUnsafe(ref values, a + (nuint)last) - Vector.LoadUnsafe(ref values, b + (nuint)last)) * lanes;
            Vector<float> squares = difference * difference;
            for (int i = 0; i < last; i += Vector<float>.Count)
            {
                difference = Vector.LoadUnsafe(ref values, a + (nuint)i) - Vector.LoadUnsafe(ref values, b + (nuint)i);
                squares += difference * difference;
            }

            sum += Vector.Sum(squares);
            if (sum >= bound)
            {
                return sum;
            }
        }

        return sum;
    }

    /// <summary>Whether a target may be copied from a source; any number may be asked about.</summary>
    internal bool IsAllowed(int target, int source)
        => (uint)source < (uint)_roles.IsSource.Length && _roles.IsSource[source] && source != target;

    internal int RandomSource(int target, SeededRandom random)
    {
        int source;
        do
        {
            source = _sources[random.Next(_sources.Count)];
        }
        while (source == target);
        return source;
    }

    /// <summary>1 in the lanes of a row's last vector that belong to the row, 0 in the others.</summary>
    private static float[] CreateLanes(int rowLength)
    {
        float[] lanes = new float[Vector<float>.Count];
        lanes.AsSpan(0, ((rowLength - 1) % lanes.Length) + 1).Fill(1);
        return lanes;
    }

    private void Improve(int target, int beside, int above, SeededRandom random)
    {
        if (Sources[target] < 0)
        {
            return;
        }

        bool isCoherent = false;
        if (beside >= 0 && _roles.IsTarget[beside])
        {
            isCoherent = Try(target, Sources[beside] + target - beside, 1 + Coherence);
        }

        if (above >= 0 && _roles.IsTarget[above])
        {
            Try(target, Sources[above] + target - above, isCoherent ? 1 : 1 + Coherence);
        }

        int width = _level.Width;
        for (int radius = SearchRadius; radius >= 1; radius /= 2)
        {
            // Two draws of 32 bits each, mapped to [-radius, radius].
            (int row, int column) = (Sources[target] / width, Sources[target] % width);
            ulong bits = random.NextUInt64();
            row += (int)(((bits >> 32) * (ulong)((2 * radius) + 1)) >> 32) - radius;
            column += (int)(((bits & uint.MaxValue) * (ulong)((2 * radius) + 1)) >> 32) - radius;
            if ((uint)row < (uint)_level.Height && (uint)column < (uint)width)
            {
                Try(target, (row * width) + column, 1);
            }
        }
    }

    /// <summary>Takes a source that is nearer than the present one times a factor.</summary>
    private bool Try(int target, int source, float factor)
    {
        if (source == Sources[target])
        {
            return true;
        }

        if (!IsAllowed(target, source))
        {
            return false;
        }

        float bound = factor * _distances[target];
        float distance = Distance(target, source, bound);
        if (distance >= bound)
        {
            return false;
        }

        _distances[target] = distance;
        Sources[target] = source;
        return true;
    }

    private void ForBands(int shift, Action<int, int, int> action)
    {
        int bands = ((_level.Height - 1 + shift) / BandRows) + 1;
        Parallel.For(
            0,
            bands,
            _parallel,
            band => action(band, Math.Max(0, (band * BandRows) - shift), Math.Min(_level.Height, ((band + 1) * BandRows) - shift)));
    }
}
