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

    // Sources are patches without missing pixels, if there are at least that many for each known pixel.
    private const double FewestFullShare = 0.25;

    private readonly PatchLevel _level;
    private readonly int _half;
    private readonly bool[] _isTarget;
    private readonly bool[] _isSource;
    private readonly List<int> _sources = [];
    private readonly float[] _distances;
    private readonly float[] _lanes;
    private readonly long _seed;
    private readonly ParallelOptions _parallel;
    private int _sweeps;

    internal PatchField(PatchLevel level, int half, long seed, CancellationToken cancellationToken = default)
    {
        _parallel = new ParallelOptions { CancellationToken = cancellationToken };
        _level = level;
        _half = half;
        _seed = seed;
        int length = level.Missing.Length;
        Sources = new int[length];
        Sources.AsSpan().Fill(-1);
        _distances = new float[length];
        _isTarget = new bool[length];
        _isSource = new bool[length];
        _lanes = CreateLanes(((2 * half) + 1) * level.Channels);
        FindTargetsAndSources();
    }

    /// <summary>The central pixel of each target's source; -1 where there is none.</summary>
    internal int[] Sources { get; }

    /// <summary>Sum of the squared differences between each target and its source.</summary>
    internal ReadOnlySpan<float> Distances => _distances;

    /// <summary>Whether sources hold missing pixels too, because too few patches are known in full.</summary>
    internal bool IsRelaxed { get; private set; }

    /// <summary>Whether there is any patch to copy from.</summary>
    internal bool HasSources => _sources.Count > 1;

    /// <summary>Whether so few patches are known in full that others have to serve as sources too.</summary>
    /// <param name="missing">Missing pixels in each patch.</param>
    /// <param name="level">The scale.</param>
    internal static bool HasTooFewFull(ReadOnlySpan<int> missing, PatchLevel level)
        => missing.Count(0) < FewestFullShare * level.Missing.AsSpan().Count((byte)0);

    /// <summary>Takes over the sources of the next coarser scale; targets without one get a random source.</summary>
    internal void StartFrom(PatchField coarser)
    {
        (int width, int coarseWidth) = (_level.Width, coarser._level.Width);
        ForBands(0, (band, from, to) =>
        {
            SeededRandom random = SeededRandom.ForSample(_seed, _sweeps, band);
            for (int i = from * width; i < to * width; i++)
            {
                if (!_isTarget[i])
                {
                    continue;
                }

                int coarse = coarser.Sources[(i / width / 2 * coarseWidth) + (i % width / 2)];
                int row = (2 * (coarse / coarseWidth)) + (i / width % 2);
                int column = (2 * (coarse % coarseWidth)) + (i % width % 2);
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
            if (_isTarget[i])
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
                    if (_isTarget[target])
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
        => (uint)source < (uint)_isSource.Length && _isSource[source] && source != target;

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

        if (beside >= 0 && _isTarget[beside])
        {
            Try(target, Sources[beside] + target - beside);
        }

        if (above >= 0 && _isTarget[above])
        {
            Try(target, Sources[above] + target - above);
        }

        int width = _level.Width;
        for (int radius = Math.Max(_level.Height, width); radius >= 1; radius /= 2)
        {
            // Two draws of 32 bits each, mapped to [-radius, radius].
            (int row, int column) = (Sources[target] / width, Sources[target] % width);
            ulong bits = random.NextUInt64();
            row += (int)(((bits >> 32) * (ulong)((2 * radius) + 1)) >> 32) - radius;
            column += (int)(((bits & uint.MaxValue) * (ulong)((2 * radius) + 1)) >> 32) - radius;
            if ((uint)row < (uint)_level.Height && (uint)column < (uint)width)
            {
                Try(target, (row * width) + column);
            }
        }
    }

    private void Try(int target, int source)
    {
        if (!IsAllowed(target, source) || source == Sources[target])
        {
            return;
        }

        float distance = Distance(target, source, _distances[target]);
        if (distance < _distances[target])
        {
            _distances[target] = distance;
            Sources[target] = source;
        }
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

    private void FindTargetsAndSources()
    {
        int[] missing = PatchWindows.CountMissing(_level, _half);
        for (int i = 0; i < missing.Length; i++)
        {
            _isTarget[i] = missing[i] > 0;
            _isSource[i] = missing[i] == 0;
        }

        IsRelaxed = HasTooFewFull(missing, _level);
        for (int i = 0; i < missing.Length; i++)
        {
            _isSource[i] |= IsRelaxed && _isTarget[i];
            if (_isSource[i])
            {
                _sources.Add(i);
            }
        }
    }
}
