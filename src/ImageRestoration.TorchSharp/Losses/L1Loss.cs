using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Mean of |d|, d = prediction − target.</summary>
public sealed class L1Loss : PixelLoss
{
    private protected override string Name => "L1";

    private protected override Tensor Penalty(Tensor difference) => difference.abs();
}
