using System.Collections.Immutable;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>One step of a network with the layers that are folded into it.</summary>
internal sealed record Operation
{
    /// <summary>The layer that the operation begins with.</summary>
    internal required Layer Layer { get; init; }

    /// <summary>Name of the value that it makes: that of the last layer folded into it.</summary>
    internal required string Value { get; init; }

    /// <summary>Values that it reads, those of <see cref="Layer"/> first, then the residual.</summary>
    internal required ImmutableArray<string> Inputs { get; init; }

    /// <summary>Factor of a PixelShuffle that is folded into the stores of a convolution; 1 where there is none.</summary>
    internal int Shuffle { get; init; } = 1;

    /// <summary>What a convolution does to its sums.</summary>
    internal ConvolutionEpilogue Epilogue { get; init; } = new();

    /// <summary>Packed weights of a convolution over all channels.</summary>
    internal PackedConvolution? Convolution { get; init; }

    /// <summary>Transformed weights of a 3×3 convolution that is computed by Winograd's algorithm.</summary>
    internal WinogradWeights? Winograd { get; init; }

    /// <summary>Packed weights of a convolution to very few channels.</summary>
    internal NarrowWeights? Narrow { get; init; }

    /// <summary>Packed weights of a convolution in groups.</summary>
    internal GroupedWeights? Grouped { get; init; }

    /// <summary>Whether the value may take the place of the first input: elementwise, and the first input is not needed again once its place is written.</summary>
    internal bool CanWorkInPlace => Layer is ActivationLayer or AddLayer or MulLayer && (Inputs.Length <= 2 || !Inputs[1..].Contains(Inputs[0], StringComparer.Ordinal));
}
