using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Distances from the rim of the missing pixels, negative outside, by the fast marching method (Sethian, "A Fast Marching Level Set
/// Method for Monotonically Advancing Fronts", 1996), with the single update a pixel that Telea's paper uses.
/// </summary>
/// <remarks>Arrays have a border of one pixel around the picture, which is never reached.</remarks>
internal sealed class FastMarching
{
    private const int StepsBetweenChecks = 4096;

    private readonly bool[] _reached;
    private readonly bool[] _inside;
    private readonly int[] _rim;

    internal FastMarching(Mask mask, CancellationToken cancellationToken = default)
    {
        Stride = mask.Width + 2;
        int length = checked(Stride * (mask.Height + 2));
        _inside = new bool[length];
        _reached = new bool[length];
        Distances = new float[length];
        for (int y = 0; y < mask.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> row = mask.Values.Slice(y * mask.Width, mask.Width);
            for (int x = 0; x < row.Length; x++)
            {
                _inside[((y + 1) * Stride) + x + 1] = row[x] != 0;
            }
        }

        _rim = FindRim(mask, cancellationToken);
    }

    /// <summary>Length of a row: the picture's width and two border pixels.</summary>
    internal int Stride { get; }

    /// <summary>Distances of the pixels that were reached.</summary>
    internal float[] Distances { get; }

    /// <summary>Whether a pixel has a distance; while <see cref="MarchInside"/> runs, also whether it has a value.</summary>
    internal bool IsReached(int position) => _reached[position];

    /// <summary>Marches over the known pixels up to a distance.</summary>
    internal void MarchOutside(float limit, CancellationToken cancellationToken)
    {
        March(inside: false, limit, visit: null, cancellationToken);
        for (int i = 0; i < Distances.Length; i++)
        {
            Distances[i] = -Distances[i];
        }
    }

    /// <summary>Marches over the missing pixels and visits each when it gets its distance, before others can see it as reached.</summary>
    internal void MarchInside(Action<int> visit, CancellationToken cancellationToken)
        => March(inside: true, float.PositiveInfinity, visit, cancellationToken);

    private void March(bool inside, float limit, Action<int>? visit, CancellationToken cancellationToken)
    {
        // Keys of positive floats are ordered as the floats are; the lower half makes equal distances first in, first out.
        var front = new PriorityQueue<int, ulong>();
        uint order = 0;
        foreach (int position in _rim)
        {
            _reached[position] = true;
            front.Enqueue(position, order++);
        }

        Span<int> neighbours = [-Stride, -1, Stride, 1];
        for (int step = 1; front.TryDequeue(out int position, out _); step++)
        {
            if (step % StepsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            foreach (int offset in neighbours)
            {
                int next = position + offset;
                if (_reached[next] || _inside[next] != inside || IsBorder(next))
                {
                    continue;
                }

                float distance = Solve(next);
                if (distance > limit)
                {
                    continue;
                }

                Distances[next] = distance;
                visit?.Invoke(next);
                _reached[next] = true;
                front.Enqueue(next, ((ulong)BitConverter.SingleToUInt32Bits(distance) << 32) | order++);
            }
        }
    }

    private float Solve(int position)
        => Math.Min(
            Math.Min(Solve(position - Stride, position - 1), Solve(position + Stride, position - 1)),
            Math.Min(Solve(position - Stride, position + 1), Solve(position + Stride, position + 1)));

    /// <summary>Solves |∇T| = 1 from one vertical and one horizontal neighbour.</summary>
    private float Solve(int vertical, int horizontal)
    {
        if (!_reached[vertical])
        {
            return _reached[horizontal] ? Distances[horizontal] + 1 : float.PositiveInfinity;
        }

        float a = Distances[vertical];
        if (!_reached[horizontal])
        {
            return a + 1;
        }

        float b = Distances[horizontal];
        float difference = a - b;
        return Math.Abs(difference) >= 1 ? Math.Min(a, b) + 1 : 0.5f * (a + b + MathF.Sqrt(2 - (difference * difference)));
    }

    private bool IsBorder(int position)
    {
        int column = position % Stride;
        return column == 0 || column == Stride - 1 || position < Stride || position >= Distances.Length - Stride;
    }

    /// <summary>The known pixels with a missing one beside, above or below: distance 0.</summary>
    private int[] FindRim(Mask mask, CancellationToken cancellationToken)
    {
        List<int> rim = [];
        for (int y = 1; y <= mask.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = (y * Stride) + 1; i <= (y * Stride) + mask.Width; i++)
            {
                if (!_inside[i] && (_inside[i - 1] || _inside[i + 1] || _inside[i - Stride] || _inside[i + Stride]))
                {
                    rim.Add(i);
                }
            }
        }

        return [.. rim];
    }
}
