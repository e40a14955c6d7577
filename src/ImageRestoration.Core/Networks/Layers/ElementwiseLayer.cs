using System.Collections.Immutable;

namespace ImageRestoration.Networks;

/// <summary>
/// Base of layers that combine two or more values position by position. A value of one channel serves all channels of the others, and one
/// of a single pixel (see <see cref="GlobalAvgPoolLayer"/>) all their pixels.
/// </summary>
public abstract record ElementwiseLayer : Layer
{
    private protected ElementwiseLayer(string name, ImmutableArray<string> inputs)
        : base(name, inputs)
        => RequireAtLeast(inputs.Length, 2, nameof(inputs));

    /// <inheritdoc/>
    public override bool Broadcasts => true;

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireAtLeast(inputChannels.Length, 2, nameof(inputChannels));
        int most = inputChannels.Max();
        return inputChannels.All(channels => channels == most || channels == 1)
            ? most
            : throw LayerErrors.UnequalChannels(this, inputChannels);
    }
}
