using System.Collections.Immutable;
using System.Text.Json;

namespace ImageRestoration.Networks;

/// <summary>Some neighbouring channels of a value, as <c>torch.narrow</c> along the channels.</summary>
public sealed record SliceLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">Unique name in the network.</param>
    /// <param name="input">Name of the value it takes.</param>
    /// <param name="start">First channel, from 0.</param>
    /// <param name="count">Number of channels, at least 1.</param>
    public SliceLayer(string name, string input, int start, int count)
        : base(name, [input])
    {
        Start = RequireAtLeast(start, 0, nameof(start));
        Count = RequireAtLeast(count, 1, nameof(count));
    }

    /// <inheritdoc/>
    public override string Kind => "Slice";

    /// <summary>First channel.</summary>
    public int Start { get; }

    /// <summary>Number of channels.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override int InferChannels(ImmutableArray<int> inputChannels)
    {
        RequireInputs(inputChannels, 1);
        return (long)Start + Count <= inputChannels[0]
            ? Count
            : throw LayerErrors.BeyondChannels(this, inputChannels[0]);
    }

    /// <inheritdoc/>
    internal override void WriteSettings(Utf8JsonWriter writer)
    {
        writer.WriteNumber("start", Start);
        writer.WriteNumber("count", Count);
    }
}
