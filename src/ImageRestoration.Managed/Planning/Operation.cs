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

    /// <summary>Which part of the layer it is.</summary>
    internal OperationStage Stage { get; init; }

    /// <summary>Values that it reads, those of <see cref="Layer"/> first, then statistics, then the residual.</summary>
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

    /// <summary>Packed weights of a convolution of each channel on its own.</summary>
    internal DepthwiseWeights? Depthwise { get; init; }

    /// <summary>The convolutions of a grouped one, each over some blocks of the input and the output.</summary>
    internal ImmutableArray<Operation> Parts { get; init; } = [];

    /// <summary>Scale and offset of each channel.</summary>
    internal PackedAffine? Affine { get; init; }

    /// <summary>Slope of each channel.</summary>
    internal PackedWeights? Slopes { get; init; }

    /// <summary>
    /// Whether the value may take the place of the first input if both have one shape: elementwise, and the first input is not needed again
    /// once its place is written.
    /// </summary>
    internal bool CanWorkInPlace => Stage == OperationStage.Whole && Layer switch
    {
        ActivationLayer or PReLULayer => true,
        ElementwiseLayer => Inputs.Length <= 2 || !FirstIsReadAgain,
        BatchNorm2dLayer or Scale2dLayer or AffineLayer or LayerNorm2dLayer or GroupNormLayer => !FirstIsReadAgain,
        _ => false,
    };

    private bool FirstIsReadAgain => Inputs[1..].Contains(Inputs[0], StringComparer.Ordinal);
}
