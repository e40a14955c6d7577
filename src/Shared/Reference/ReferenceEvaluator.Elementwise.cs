namespace ImageRestoration.Networks;

/// <content>Layers that treat each value on its own, or combine values of one position.</content>
internal static partial class ReferenceEvaluator
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
            ActivationFunction.Softplus => x => x > 20 ? x : LogOnePlus(Math.Exp(x)),
            _ => throw new UnsupportedLayerException(BackendName, layer.Name, layer.Kind),
        };
        ReadOnlySpan<double> values = source.Values;
        Span<double> results = output.Values;
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = function(values[i]);
        }
    }

    /// <summary>
    /// log(1 + x) without the digits that 1 + x loses (Kahan; in Higham 2002, "Accuracy and Stability of Numerical Algorithms", 1.14.1).
    /// </summary>
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
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

    private static void PReLU(PReLULayer layer, ReferenceValue source, ReadOnlyMemory<float> slopes, ReferenceValue output)
        => ForEachPosition(output, (n, c, y, x) =>
        {
            double value = source.Row(n, c, y)[x];
            return value >= 0 ? value : slopes.Span[layer.NumParameters == 1 ? 0 : c] * value;
        });

    /// <summary>From the first value to the last. Values of one channel, row or column serve all.</summary>
    private static void Combine(ReferenceValue[] sources, ReferenceValue output, Func<double, double, double> combine)
        => ForEachPosition(output, (n, c, y, x) =>
        {
            double result = At(sources[0], n, c, y, x);
            foreach (ReferenceValue source in sources.AsSpan(1))
            {
                result = combine(result, At(source, n, c, y, x));
            }

            return result;
        });

    private static double At(ReferenceValue value, int n, int c, int y, int x)
        => value.Row(n, value.Shape.Channels == 1 ? 0 : c, value.Shape.Height == 1 ? 0 : y)[value.Shape.Width == 1 ? 0 : x];

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
