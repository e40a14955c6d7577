namespace ImageRestoration.Networks;

/// <content>Layers that treat each value on its own, or combine values of one position.</content>
public static partial class ReferenceEvaluator
{
    private static void Activation(ActivationLayer layer, ReferenceValue source, ReferenceValue output)
    {
        double slope = layer.NegativeSlope;
        Func<double, double> function = layer.Function switch
        {
            ActivationFunction.ReLU => x => Math.Max(x, 0),
            ActivationFunction.LeakyReLU => x => x >= 0 ? x : slope * x,
            ActivationFunction.GELU => x => x * 0.5 * (1 + Erf(x / Math.Sqrt(2))),
            ActivationFunction.SiLU => x => x * Sigmoid(x),
            ActivationFunction.Sigmoid => Sigmoid,
            ActivationFunction.Tanh => Math.Tanh,
            _ => throw new UnsupportedLayerException(BackendName, layer.Name, layer.Kind),
        };
        ReadOnlySpan<double> values = source.Values;
        Span<double> results = output.Values;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = function(values[i]);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>
    /// The error function: 2/√π × exp(−x²) × Σ 2ⁿ x²ⁿ⁺¹ / (1 × 3 × … × (2n + 1)). All terms have one sign, so nothing cancels
    /// (Abramowitz and Stegun 1964, 7.1.6).
    /// </summary>
    private static double Erf(double x)
    {
        // erfc(6) is 2e−17, below the spacing of float64 at 1.
        if (!(Math.Abs(x) < 6))
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static void Add(ReferenceValue[] sources, ReferenceValue output) => Combine(sources, output, (a, b) => a + b);

    private static void Mul(ReferenceValue[] sources, ReferenceValue output) => Combine(sources, output, (a, b) => a * b);

    private static void Combine(ReferenceValue[] sources, ReferenceValue output, Func<double, double, double> combine)
    {
        Span<double> results = output.Values;
        sources[0].Values.CopyTo(results);
        foreach (ReferenceValue source in sources[1..])
        {
            ReadOnlySpan<double> values = source.Values;
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = combine(results[i], values[i]);
            }
        }
    }

    private static void Concat(ReferenceValue[] sources, ReferenceValue output)
    {
        for (int n = 0; n < output.Shape.Batch; n++)
        {
            int first = 0;
            foreach (ReferenceValue source in sources)
            {
                for (int c = 0; c < source.Shape.Channels; c++)
                {
                    source.Plane(n, c).CopyTo(output.Plane(n, first + c));
                }

                first += source.Shape.Channels;
            }
        }
    }
}
