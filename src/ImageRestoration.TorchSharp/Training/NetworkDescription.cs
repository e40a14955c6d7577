using System.Globalization;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>Networks and weights in one line, for the settings of a run.</summary>
internal static class NetworkDescription
{
    /// <summary>Name and size, and digits that stand for every setting of every layer.</summary>
    internal static string Describe(this Network network)
    {
        using var digest = new Digest();
        digest.Add(network.ToJson());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{network.Name} of {network.ParameterCount} parameters in {network.Layers.Length} layers, {digest}");
    }

    /// <summary>Digits that stand for all values.</summary>
    internal static string Digest(this NetworkWeights weights)
    {
        using var digest = new Digest();
        foreach (string name in weights.Names.Order(StringComparer.Ordinal))
        {
            digest.Add(name);
            digest.Add(weights[name].Values.Span);
        }

        return digest.ToString();
    }
}
