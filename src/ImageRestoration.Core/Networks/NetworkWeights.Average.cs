namespace ImageRestoration.Networks;

/// <content>The mean of several networks' weights.</content>
public sealed partial class NetworkWeights
{
    /// <summary>
    /// Averages weights, value by value. Networks that were trained from one start, in several ways or one after the other, often do better
    /// together than the best of them alone, at the cost of one: Wortsman et al. 2022, "Model soups" (arXiv:2203.05482). Networks trained
    /// from different starts do not.
    /// </summary>
    /// <param name="weights">Weights with the same names and shapes; at least one.</param>
    /// <returns>Their mean, computed in double precision.</returns>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ModelFormatException">Names or shapes differ: the weights belong to different networks.</exception>
    public static NetworkWeights Average(params ReadOnlySpan<NetworkWeights> weights)
    {
        if (weights.IsEmpty)
        {
            throw new ArgumentException("There are no weights to average; give at least one.", nameof(weights));
        }

        NetworkWeights first = weights[0] ?? throw new ArgumentNullException(nameof(weights));
        var sums = first._tensors.ToDictionary(t => t.Key, t => new double[t.Value.Values.Length], StringComparer.Ordinal);
        foreach (NetworkWeights added in weights)
        {
            ArgumentNullException.ThrowIfNull(added, nameof(weights));
            string[] others =
            [
                .. first.Names.Where(name => !added._tensors.TryGetValue(name, out WeightTensor? tensor)
                    || !tensor.Shape.SequenceEqual(first[name].Shape)),
                .. added.Names.Where(name => !sums.ContainsKey(name)),
            ];
            if (others.Length > 0)
            {
                throw NetworkErrors.OtherNetworks(List(others));
            }

            foreach ((string name, double[] sum) in sums)
            {
                ReadOnlySpan<float> values = added[name].Values.Span;
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += values[i];
                }
            }
        }

        int count = weights.Length;
        return new NetworkWeights(sums.Select(
            s => KeyValuePair.Create(s.Key, new WeightTensor(first[s.Key].Shape, [.. s.Value.Select(v => (float)(v / count))]))));
    }
}
