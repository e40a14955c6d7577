using System.Globalization;
using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Mean of √(d² + ε²): L1 that is smooth around zero. Charbonnier et al. 1994; Lai et al. 2017 (arXiv:1704.03915), equation 2.
/// </summary>
public sealed class CharbonnierLoss : PixelLoss
{
    /// <summary>Where the loss turns from square to absolute, on the pictures' scale.</summary>
    /// <value>Above 0; default 0.001.</value>
    public double Epsilon
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Epsilon must be finite and above 0.");
    } = 1e-3;

    private protected override string Name => string.Create(CultureInfo.InvariantCulture, $"Charbonnier {Epsilon:R}");

    private protected override Tensor Penalty(Tensor difference) => difference.square().Plus(Epsilon * Epsilon).sqrt();
}
