namespace ImageRestoration.Networks.Architectures;

/// <summary>What the levels of a <see cref="UNet"/> are made of.</summary>
public enum UNetBlock
{
    /// <summary>
    /// Two 3×3 convolutions with an activation between them, added to the block's input: DRUNet, Zhang et al. 2021 (arXiv:2008.13751).
    /// </summary>
    Residual,

    /// <summary>Two 3×3 convolutions, each followed by an activation: the U-Net of Ronneberger et al. 2015 (arXiv:1505.04597).</summary>
    DoubleConvolution,

    /// <summary>
    /// The block of <see cref="Architectures.NafNet"/>, without attention to channels, so that the network stays local: depthwise and 1×1
    /// convolutions, products instead of activations. Less than half of the operations of the others.
    /// </summary>
    NafNet,
}
