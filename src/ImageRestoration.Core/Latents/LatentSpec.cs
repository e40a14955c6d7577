using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Latents;

/// <summary>The tensors that flow from an encoder to a decoder, skip connections included.</summary>
/// <param name="Tensors">The tensors, in the encoder's order.</param>
public sealed record LatentSpec(ImmutableArray<LatentTensorSpec> Tensors)
{
    /// <summary>No tensor at all.</summary>
    public static LatentSpec None { get; } = new([]);

    /// <summary>The conditions that a network takes, such as a class.</summary>
    /// <param name="network">The network.</param>
    /// <returns>One tensor for each input that is a condition.</returns>
    public static LatentSpec ConditionsOf(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        IEnumerable<NetworkInput> conditions = network.Inputs.Where(i => i.IsCondition);
        return new LatentSpec([.. conditions.Select(i => new LatentTensorSpec(i.Name, i.Channels, i.Scale, i.Scale))]);
    }

    /// <summary>The latent that an encoder network makes.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <returns>One tensor for each output.</returns>
    public static LatentSpec MadeBy(Network encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new LatentSpec([.. encoder.Outputs.Select(o => new LatentTensorSpec(o.Name, o.Channels, o.HeightScale, o.WidthScale))]);
    }

    /// <summary>The latent that a decoder network takes.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <returns>One tensor for each input.</returns>
    public static LatentSpec TakenBy(Network decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        return new LatentSpec([.. decoder.Inputs.Select(i => new LatentTensorSpec(i.Name, i.Channels, i.Scale, i.Scale))]);
    }

    /// <summary>Throws unless an encoder's latent has every tensor that a decoder takes, of the same channels and scale.</summary>
    /// <param name="taken">What the decoder takes.</param>
    /// <exception cref="TensorShapeException">A tensor is missing or differs.</exception>
    public void ThrowIfNotFor(LatentSpec taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        foreach (LatentTensorSpec tensor in taken.Tensors)
        {
            LatentTensorSpec? made = Tensors.FirstOrDefault(t => t.Name == tensor.Name);
            if (made is null)
            {
                throw LatentErrors.NotMade(tensor, this);
            }

            if (made != tensor)
            {
                throw LatentErrors.MadeDifferently(made, tensor);
            }
        }
    }
}
