using System.Collections.Immutable;
using System.Globalization;

namespace TrainAutoencoder;

/// <summary>A kind of degradation in a recipe's mixture.</summary>
internal sealed record DegradationShare
{
    /// <summary>How often patches get it, relative to the others.</summary>
    public double Share { get; init; } = 1;

    /// <summary>What changes the clean patch first, such as <c>saturation:0</c>: the network is to give back the changed one.</summary>
    public ImmutableArray<string> Target
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>What makes the network's input of it, the first first, such as <c>gaussian:0:45</c>, <c>clip</c> and <c>0.85*jpeg:60:98</c>.</summary>
    public ImmutableArray<string> Steps
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <summary>The same in a line.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Share:P0} {(Target.Length > 0 ? string.Join(", ", Target) + " before " : string.Empty)}{string.Join(", ", Steps)}");
}
