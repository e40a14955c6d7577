namespace ImageRestoration.Managed;

/// <summary>
/// Where a convolution kernel finds the inputs, weights and outputs of one tile: some neighbouring pixels of a row × some vectors of
/// output channels. Distances are in floats.
/// </summary>
internal unsafe struct ConvolutionTile
{
    /// <summary>First tap of the first pixel in the first input block.</summary>
    internal float* Input;

    /// <summary>
    /// Weights in the order in which the kernel takes them: input block, kernel row, kernel column, input channel, output channel.
    /// </summary>
    internal float* Weights;

    /// <summary>Start values, one per output channel; where null, sums go on from what <see cref="Output"/> holds.</summary>
    internal float* Bias;

    /// <summary>First vector of the first pixel.</summary>
    internal float* Output;

    /// <summary>From a pixel's input to its neighbour's.</summary>
    internal nint InputPixel;

    /// <summary>From an input block to the next.</summary>
    internal nint InputBlock;

    /// <summary>From a kernel column to the next.</summary>
    internal nint TapX;

    /// <summary>From a kernel row to the next.</summary>
    internal nint TapY;

    /// <summary>From a pixel's output to its neighbour's.</summary>
    internal nint OutputPixel;

    /// <summary>From the first vector of a pixel to its second.</summary>
    internal nint Offset1;

    /// <summary>From the first vector of a pixel to its third.</summary>
    internal nint Offset2;

    /// <summary>From the first vector of a pixel to its fourth.</summary>
    internal nint Offset3;

    internal int KernelHeight;
    internal int KernelWidth;

    /// <summary>Number of input blocks.</summary>
    internal int InputBlocks;

    /// <summary>Channels in the last input block; the others are full.</summary>
    internal int LastBlockChannels;
}
