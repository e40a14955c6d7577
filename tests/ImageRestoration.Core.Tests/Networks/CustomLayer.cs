using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Networks;

/// <summary>A layer that serializer, backends and the reference do not know.</summary>
internal sealed record CustomLayer : Layer
{
    internal CustomLayer(string name, string input)
        : base(name, [input])
    {
    }

    public override string Kind => "Custom";

    public override int InferChannels(ImmutableArray<int> inputChannels) => inputChannels[0];

    internal override void WriteSettings(System.Text.Json.Utf8JsonWriter writer)
    {
        // There are none.
    }
}
