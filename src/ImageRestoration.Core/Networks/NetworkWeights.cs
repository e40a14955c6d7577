using System.Collections.Frozen;

namespace ImageRestoration.Networks;

/// <summary>Values for the parameters of a network, by the names of a PyTorch state dict. Immutable.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed partial class NetworkWeights
{
    private readonly FrozenDictionary<string, WeightTensor> _tensors;

    /// <summary>Creates weights from named tensors.</summary>
    /// <param name="tensors">Values by full parameter name, such as <c>head.weight</c>.</param>
    public NetworkWeights(IEnumerable<KeyValuePair<string, WeightTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        _tensors = tensors.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Full names of the parameters.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>The values of one parameter.</summary>
    /// <param name="name">Full name, such as <c>head.weight</c>.</param>
    /// <exception cref="ModelFormatException">There is no such parameter.</exception>
    public WeightTensor this[string name]
        => _tensors.TryGetValue(name, out WeightTensor? tensor)
            ? tensor
            : throw NetworkErrors.NoWeights(name);

    /// <summary>Draws initial weights. The same network, seed and settings give the same weights on every platform.</summary>
    /// <param name="network">The network.</param>
    /// <param name="random">Source of all randomness.</param>
    /// <param name="initialization">How weights start; as PyTorch's layers do where <see langword="null"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException">A setting is out of its range; the message lists all errors.</exception>
    public static NetworkWeights Initialize(Network network, Random random, WeightInitialization? initialization = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        initialization ??= new WeightInitialization();
        initialization.ThrowIfInvalid(nameof(initialization));
        return new NetworkWeights(initialization.Draw(network, random));
    }

    /// <summary>Takes the parameters under a prefix, with the prefix removed: an encoder's share of a joined network's weights.</summary>
    /// <param name="prefix">Prefix with its dot, such as <c>encoder.</c>.</param>
    /// <returns>The selected weights.</returns>
    public NetworkWeights Select(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return new NetworkWeights(_tensors
            .Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(t => new KeyValuePair<string, WeightTensor>(t.Key[prefix.Length..], t.Value)));
    }

    /// <summary>Throws unless the weights are exactly those that a network has, each of the right shape and finite.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ModelFormatException">Parameters are missing, superfluous, of another shape or not finite.</exception>
    public void ThrowIfNotFor(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var errors = new List<string>();
        foreach (ParameterSpec parameter in network.Parameters)
        {
            if (!_tensors.TryGetValue(parameter.Name, out WeightTensor? tensor))
            {
                errors.Add($"'{parameter.Name}' is missing.");
            }
            else if (!tensor.Shape.SequenceEqual(parameter.Shape))
            {
                errors.Add($"'{parameter.Name}' has shape [{string.Join(", ", tensor.Shape)}] "
                    + $"instead of [{string.Join(", ", parameter.Shape)}].");
            }
            else if (tensor.Values.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                errors.Add($"'{parameter.Name}' holds NaN or infinity.");
            }
        }

        var expected = network.Parameters.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        errors.AddRange(_tensors.Keys.Where(name => !expected.Contains(name)).Order(StringComparer.Ordinal)
            .Select(name => $"'{name}' is not part of the network."));
        if (errors.Count > 0)
        {
            throw NetworkErrors.OtherWeights(network, errors);
        }
    }
}
