using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>Elementwise sum of two or more values of one shape.</summary>
public sealed record AddLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="inputs">Names of the values it takes, at least two.</param>
    public AddLayer(string name, ImmutableArray<string> inputs)
        : base(name, inputs)
        => RequireAtLeast(inputs.Length, 2, nameof(inputs));

    /// <inheritdoc/>
    public override string Kind => "Add";

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
