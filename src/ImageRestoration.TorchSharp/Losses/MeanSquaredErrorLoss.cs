using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Mean of d², d = prediction − target.</summary>
public sealed class MeanSquaredErrorLoss : PixelLoss
{
    private protected override string Name => "MSE";

    private protected override Tensor Penalty(Tensor difference) => difference.square();
}
