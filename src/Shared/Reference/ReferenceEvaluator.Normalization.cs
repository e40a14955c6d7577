namespace ImageRestoration.Networks;

/// <content>Layers that bring values to mean 0 and variance 1, scale channels, or take means of whole pictures.</content>
internal static partial class ReferenceEvaluator
{
    private static void GlobalAvgPool(ReferenceValue source, ReferenceValue output, CancellationToken cancellationToken)
        => ForEachPlane(output, cancellationToken, (n, c) => output.Plane(n, c)[0] = Mean(source.Plane(n, c)));

    private static void Scale2d(Scale2dLayer layer, ReferenceValue source, NetworkWeights weights, ReferenceValue output)
    {
        ReadOnlyMemory<float> scale = layer.Scale ? WeightOf(layer, weights) : default,
            bias = layer.Bias ? weights[layer.Name + ".bias"].Values : default;
        ForEachPosition(output, (n, c, y, x) => (source.Row(n, c, y)[x] * ValueOr(scale, c, 1)) + ValueOr(bias, c, 0));
    }

    /// <summary>The form for inference.</summary>
    private static void BatchNorm2d(BatchNorm2dLayer layer, ReferenceValue source, NetworkWeights weights, ReferenceValue output)
    {
        ReadOnlyMemory<float> scale = WeightOf(layer, weights), bias = weights[layer.Name + ".bias"].Values;
        ReadOnlyMemory<float> mean = weights[layer.Name + ".running_mean"].Values, variance = weights[layer.Name + ".running_var"].Values;
        ForEachPosition(output, (n, c, y, x) =>
            ((source.Row(n, c, y)[x] - mean.Span[c]) / Math.Sqrt((double)variance.Span[c] + layer.Eps) * scale.Span[c]) + bias.Span[c]);
    }

    private static void LayerNorm2d(
        LayerNorm2dLayer layer, ReferenceValue source, NetworkWeights weights, ReferenceValue output, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<float> scale, ReadOnlyMemory<float> bias) = AffineOf(layer, layer.Affine, weights);
        int channels = source.Shape.Channels;
        var values = new double[channels];
        for (int n = 0; n < source.Shape.Batch; n++)
        {
            for (int y = 0; y < source.Shape.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int x = 0; x < source.Shape.Width; x++)
                {
                    for (int c = 0; c < channels; c++)
                    {
                        values[c] = source.Row(n, c, y)[x];
                    }

                    double mean = Mean(values), deviation = Math.Sqrt(Variance(values, mean) + layer.Eps);
                    for (int c = 0; c < channels; c++)
                    {
                        output.Row(n, c, y)[x] = ((values[c] - mean) / deviation * ValueOr(scale, c, 1)) + ValueOr(bias, c, 0);
                    }
                }
            }
        }
    }

    private static void GroupNorm(
        GroupNormLayer layer, ReferenceValue source, NetworkWeights weights, ReferenceValue output, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<float> scale, ReadOnlyMemory<float> bias) = AffineOf(layer, layer.Affine, weights);
        int groupChannels = layer.NumChannels / layer.NumGroups, planeSize = source.Shape.Height * source.Shape.Width;
        for (int group = 0; group < source.Shape.Batch * layer.NumGroups; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The planes of a group lie side by side.
            ReadOnlySpan<double> values = source.Values.Slice(group * groupChannels * planeSize, groupChannels * planeSize);
            Span<double> results = output.Values.Slice(group * groupChannels * planeSize, groupChannels * planeSize);
            double mean = Mean(values), deviation = Math.Sqrt(Variance(values, mean) + layer.Eps);
            for (int i = 0; i < values.Length; i++)
            {
                int channel = (group % layer.NumGroups * groupChannels) + (i / planeSize);
                results[i] = ((values[i] - mean) / deviation * ValueOr(scale, channel, 1)) + ValueOr(bias, channel, 0);
            }
        }
    }

    private static (ReadOnlyMemory<float> Scale, ReadOnlyMemory<float> Bias) AffineOf(Layer layer, bool affine, NetworkWeights weights)
        => affine ? (WeightOf(layer, weights), weights[layer.Name + ".bias"].Values) : default;

    private static double ValueOr(ReadOnlyMemory<float> values, int index, double otherwise)
        => values.IsEmpty ? otherwise : values.Span[index];

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Variance(ReadOnlySpan<double> values, double mean)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum / values.Length;
    }
}
