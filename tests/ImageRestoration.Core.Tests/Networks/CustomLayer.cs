using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks;

/// <summary>A layer that the library does not know, as a user might write it.</summary>
internal sealed record CustomLayer : Layer
{
    internal CustomLayer(string name, string input)
        : base(name, [input])
    {
    }

    public override string Kind => "Custom";

    public override int InferChannels(ImmutableArray<int> inputChannels) => inputChannels[0];
}
