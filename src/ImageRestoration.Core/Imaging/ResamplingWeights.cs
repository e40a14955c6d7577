namespace ImageRestoration.Imaging;

/// <summary>For each position of a resampled axis, the positions of the original that it is made of and their weights.</summary>
internal sealed class ResamplingWeights
{
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly float[] _weights;
    private readonly int _room;

    /// <summary>Computes the weights of an axis.</summary>
    /// <param name="from">Positions of the original.</param>
    /// <param name="to">Positions of the result.</param>
    /// <param name="kernel">How positions are weighed.</param>
    public ResamplingWeights(int from, int to, ResamplingKernel kernel)
    {
        double scale = (double)from / to;
        double width = Math.Max(scale, 1);
        double support = width * kernel switch
        {
            ResamplingKernel.Area => 1,
            ResamplingKernel.Bilinear => 1,
            _ => 2,
        };
        _room = (2 * (int)Math.Ceiling(support)) + 2;
        _starts = new int[to];
        _counts = new int[to];
        _weights = new float[checked(to * _room)];
        Span<double> values = new double[_room];
        for (int i = 0; i < to; i++)
        {
            double center = (i + 0.5) * scale;
            int first = Math.Max(0, (int)Math.Floor(center - support));
            int end = Math.Min(from, (int)Math.Ceiling(center + support));
            double sum = 0;
            for (int position = first; position < end; position++)
            {
                double value = kernel == ResamplingKernel.Area
                    ? Math.Max(0, Math.Min(position + 1, (i + 1) * scale) - Math.Max(position, i * scale))
                    : Weight(kernel, (position + 0.5 - center) / width);
                values[position - first] = value;
                sum += value;
            }

            // Weights of 0 at both ends would only cost time.
            int last = end - 1;
            while (last > first && values[last - first] == 0)
            {
                last--;
            }

            int skipped = 0;
            while (first + skipped < last && values[skipped] == 0)
            {
                skipped++;
            }

            _starts[i] = first + skipped;
            _counts[i] = last - first - skipped + 1;
            for (int k = 0; k < _counts[i]; k++)
            {
                _weights[(i * _room) + k] = (float)(values[skipped + k] / sum);
            }
        }
    }

    /// <summary>Most positions that one is made of.</summary>
    public int Room => _room;

    /// <summary>First position of the original that a position is made of.</summary>
    public int Start(int position) => _starts[position];

    /// <summary>Weights of the original's positions from <see cref="Start"/> on; they add up to 1.</summary>
    public ReadOnlySpan<float> Of(int position) => _weights.AsSpan(position * _room, _counts[position]);

    private static double Weight(ResamplingKernel kernel, double distance)
    {
        distance = Math.Abs(distance);
        if (kernel == ResamplingKernel.Bilinear)
        {
            return Math.Max(0, 1 - distance);
        }

        const double a = -0.5;
        return distance switch
        {
            < 1 => ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1,
            < 2 => ((((((distance - 5) * distance) + 8) * distance) - 4) * a),
            _ => 0,
        };
    }
}
