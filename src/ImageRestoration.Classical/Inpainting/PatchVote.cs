namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Gives each missing pixel the weighted mean of the pixels that the sources of all targets around it have in its place. Weights fall
/// with the targets' distances: exp(-d²/2σ²), where σ² is the 75th percentile of the pixel's d² (Newson et al. 2014, section 3.5).
/// </summary>
internal sealed class PatchVote(PatchLevel level, int half)
{
    // What a pixel that is itself missing counts beside one that is known.
    private const float EstimatedShare = 0.05f;
    private const double Percentile = 0.75;

    private readonly float[] _next = new float[level.Values.Length];

    /// <summary>Votes once over all missing pixels.</summary>
    /// <param name="field">The sources.</param>
    /// <param name="weighted">Whether the distances have been measured and count.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Mean absolute change of the missing values.</returns>
    internal double Run(PatchField field, bool weighted, CancellationToken cancellationToken)
    {
        double[] changes = new double[level.Height];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(
            0,
            level.Height,
            parallel,
            () => new Ballot(half, level.Channels),
            (y, _, ballot) =>
            {
                for (int x = 0; x < level.Width; x++)
                {
                    if (level.Missing[(y * level.Width) + x] != 0)
                    {
                        changes[y] += Vote(field, y, x, weighted, ballot);
                    }
                }

                return ballot;
            },
            _ => { });
        long missing = 0;
        for (int i = 0; i < level.Missing.Length; i++)
        {
            if (level.Missing[i] != 0)
            {
                missing++;
                _next.AsSpan(i * level.Channels, level.Channels).CopyTo(level.Values.AsSpan(i * level.Channels));
            }
        }

        return changes.Sum() / Math.Max(1, missing * level.Channels);
    }

    private double Vote(PatchField field, int y, int x, bool weighted, Ballot ballot)
    {
        int count = Collect(field, y, x, ballot);
        float sigma = weighted && count > 0 ? Math.Max(ballot.Select(count, Percentile), float.Epsilon) : 1;
        Span<float> sums = ballot.Sums;
        sums.Clear();
        float total = 0;
        for (int i = 0; i < count; i++)
        {
            int pixel = ballot.Pixels[i];
            float weight = weighted ? MathF.Exp(-ballot.Distances[i] / (2 * sigma)) : 1;
            weight *= level.Missing[pixel] == 0 ? 1 : EstimatedShare;
            total += weight;
            ReadOnlySpan<float> values = level.Values.AsSpan(pixel * sums.Length, sums.Length);
            for (int c = 0; c < sums.Length; c++)
            {
                sums[c] += weight * values[c];
            }
        }

        int start = ((y * level.Width) + x) * sums.Length;
        double change = 0;
        for (int c = 0; c < sums.Length; c++)
        {
            float value = total > 0 ? sums[c] / total : level.Values[start + c];
            _next[start + c] = value;
            change += Math.Abs(value - level.Values[start + c]);
        }

        return change;
    }

    private int Collect(PatchField field, int y, int x, Ballot ballot)
    {
        int count = 0;
        for (int v = Math.Max(half, y - half); v <= Math.Min(level.Height - 1 - half, y + half); v++)
        {
            for (int u = Math.Max(half, x - half); u <= Math.Min(level.Width - 1 - half, x + half); u++)
            {
                int target = (v * level.Width) + u;
                int source = field.Sources[target];
                if (source >= 0)
                {
                    ballot.Pixels[count] = source + ((y - v) * level.Width) + x - u;
                    ballot.Distances[count++] = field.Distances[target];
                }
            }
        }

        return count;
    }

    /// <summary>Working memory of one thread.</summary>
    private sealed class Ballot(int half, int channels)
    {
        private readonly float[] _sorted = new float[((2 * half) + 1) * ((2 * half) + 1)];

        public int[] Pixels { get; } = new int[((2 * half) + 1) * ((2 * half) + 1)];

        public float[] Distances { get; } = new float[((2 * half) + 1) * ((2 * half) + 1)];

        public float[] Sums { get; } = new float[channels];

        public float Select(int count, double percentile)
        {
            Span<float> sorted = _sorted.AsSpan(0, count);
            Distances.AsSpan(0, count).CopyTo(sorted);
            sorted.Sort();
            return sorted[(int)(percentile * (count - 1))];
        }
    }
}
