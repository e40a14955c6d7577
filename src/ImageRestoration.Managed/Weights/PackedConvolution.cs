using System.Collections.Immutable;

namespace ImageRestoration.Managed;

/// <summary>
/// A convolution ready for the kernels: one or more passes with stride 1 or more, each a kernel of its own whose results go to every
/// n-th row and column of the output. A plain convolution is one pass; a transposed one has a pass for each offset within its stride.
/// </summary>
/// <param name="InChannels">Channels of the input.</param>
/// <param name="OutputBlocks">Blocks of output channels, as packed.</param>
/// <param name="Groups">How the output blocks are taken together.</param>
/// <param name="Passes">The passes.</param>
/// <param name="Bias">Start values, one per packed output channel.</param>
internal sealed record PackedConvolution(
    int InChannels,
    ImmutableArray<OutputBlock> OutputBlocks,
    ImmutableArray<OutputGroup> Groups,
    ImmutableArray<ConvolutionPass> Passes,
    PackedWeights Bias);

/// <summary>Where a block of packed output channels goes: to a block of the output, shifted where a PixelShuffle is folded in.</summary>
/// <param name="Block">Block of the output.</param>
/// <param name="ShiftY">Rows down.</param>
/// <param name="ShiftX">Columns to the right.</param>
internal readonly record struct OutputBlock(int Block, int ShiftY, int ShiftX);

/// <summary>Neighbouring output blocks that one tile computes.</summary>
/// <param name="First">First block.</param>
/// <param name="Count">Number of blocks.</param>
internal readonly record struct OutputGroup(int First, int Count);

/// <summary>One kernel. For output position t the first tap is at input position t × stride + origin.</summary>
internal sealed record ConvolutionPass
{
    internal required int KernelHeight { get; init; }

    internal required int KernelWidth { get; init; }

    internal required int StrideY { get; init; }

    internal required int StrideX { get; init; }

    internal required int DilationY { get; init; }

    internal required int DilationX { get; init; }

    /// <summary>Row of the first tap for the first output row; below 0 in the padding.</summary>
    internal required int OriginY { get; init; }

    internal required int OriginX { get; init; }

    /// <summary>First row of the output that the pass makes; the next is <see cref="StepY"/> further.</summary>
    internal int FirstY { get; init; }

    internal int FirstX { get; init; }

    internal int StepY { get; init; } = 1;

    internal int StepX { get; init; } = 1;

    /// <summary>
    /// Weights of group g begin at g's first block × this × lanes: input block, kernel row, kernel column, input channel, then the group's
    /// output channels.
    /// </summary>
    internal required PackedWeights Weights { get; init; }

    /// <summary>Rows that the pass makes of an output with this many (a folded PixelShuffle has its own count).</summary>
    internal int RowsOf(int height) => CountOf(height, FirstY, StepY);

    internal int ColumnsOf(int width) => CountOf(width, FirstX, StepX);

    /// <summary>Border that the taps reach into.</summary>
    internal Halo HaloFor(int inputHeight, int inputWidth, int rows, int columns)
        => new(
            Math.Max(0, -OriginY),
            Math.Max(0, LastTap(rows, StrideY, OriginY, KernelHeight, DilationY) - (inputHeight - 1)),
            Math.Max(0, -OriginX),
            Math.Max(0, LastTap(columns, StrideX, OriginX, KernelWidth, DilationX) - (inputWidth - 1)));

    private static int CountOf(int extent, int first, int step) => first >= extent ? 0 : ((extent - 1 - first) / step) + 1;

    private static int LastTap(int count, int stride, int origin, int kernel, int dilation)
        => ((count - 1) * stride) + origin + ((kernel - 1) * dilation);
}
