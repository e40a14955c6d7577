using System.Globalization;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Mean over the pictures of log10(1 + MSE/ε), which but for a constant is −PSNR/10 (the loss of Chen et al. 2021, arXiv:2105.06086).
/// Unlike with the mean squared error, a patch with little noise counts as much as one with much.
/// </summary>
public sealed class PsnrLoss : Loss
{
    /// <summary>The error below which a patch hardly counts.</summary>
    /// <value>Above 0; default 1e-5, the error at 50 dB.</value>
    public double Epsilon
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Epsilon is a finite number above 0.");
    } = 1e-5;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"PSNR {Epsilon:R}");

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
        => (input.Prediction - input.Target).square().mean([1, 2, 3]).div(Keep(Epsilon)).Plus(1).log().mean() * Keep(1 / Math.Log(10));
}
