using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>Elementwise product of two or more values of one shape.</summary>
public sealed record MulLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="inputs">Names of the values it takes, at least two.</param>
    public MulLayer(string name, ImmutableArray<string> inputs)
        : base(name, inputs)
        => RequireAtLeast(inputs.Length, 2, nameof(inputs));

    /// <inheritdoc/>
    public override string Kind => "Mul";

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        foreach (int channels in inputChannels)
        {
            if (channels != inputChannels[0])
            {
                throw new TensorShapeException($"Layer '{Name}' ({Kind}) takes values of equal channels and got {string.Join(", ", inputChannels)}.");
            }
        }

        return inputChannels[0];
    }
}
