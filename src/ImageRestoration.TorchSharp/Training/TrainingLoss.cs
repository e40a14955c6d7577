using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Loss functions over torch tensors, computed in float32.</summary>
internal static class TrainingLoss
{
    internal static Tensor Compute(Tensor prediction, Tensor target, TrainerOptions options)
    {
        Tensor difference = prediction - target;
        return options.Loss switch
        {
            LossFunction.Charbonnier => (difference.square() + (options.CharbonnierEpsilon * options.CharbonnierEpsilon)).sqrt().mean(),
            LossFunction.L1 => difference.abs().mean(),
            LossFunction.MeanSquaredError => difference.square().mean(),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Loss, "Unknown loss function."),
        };
    }
}
