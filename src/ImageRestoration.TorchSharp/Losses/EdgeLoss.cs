using System.Globalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Charbonnier loss between the Laplacians of prediction and target: mean of √(Δd² + ε²) over the pixels with four neighbours
/// (Jiang et al. 2020; Zamir et al. 2021, arXiv:2102.02808, equation 3; here with the Laplacian's five-point stencil).
/// </summary>
public sealed class EdgeLoss : Loss
{
    private static readonly float[] Laplacian = [0, 1, 0, 1, -4, 1, 0, 1, 0];

    /// <summary>Where the loss turns from square to absolute, on the pictures' scale.</summary>
    /// <value>Above 0; default 0.001.</value>
    public double Epsilon
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Epsilon must be finite and above 0.");
    } = 1e-3;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"edge {Epsilon:R}");

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        Tensor difference = input.Prediction - input.Target;
        long channels = difference.shape[1];
        Tensor kernel = TorchTensors.ToTorch(Laplacian, [1, 1, 3, 3], difference.device)
            .to(difference.dtype)
            .expand(channels, 1, 3, 3)
            .contiguous();
        return F.conv2d(difference, kernel, groups: channels).square().Plus(Epsilon * Epsilon).sqrt().mean();
    }
}
