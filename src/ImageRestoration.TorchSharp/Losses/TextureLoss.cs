using System.Globalization;
using ImageRestoration.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Difference in texture between prediction and target: in overlapping windows, that of the mean and of the standard deviation of each
/// feature of a frozen network, wherever in the window the features lie. A pixel-wise loss is least for an even surface where the picture
/// does not say what was there; this one asks for as much structure as there was. Mean and deviation as style are those of Li et al. 2017
/// (arXiv:1701.01036), section 4.2, here for each window instead of the whole picture, and with L1.
/// </summary>
/// <remarks>
/// Both differences count in units of the target's mean deviation, for each output of the network: 1 where all structure is lost. Where
/// pixels are missing, prediction and target are compared with the known pixels put back, so that what has to fit is the filled part beside
/// its surroundings. A network needs something to make structure of, such as <see cref="Masking.InitialFill.HarmonicWithNoise"/>.
/// </remarks>
/// <param name="features">
/// Network of a picture; each of its outputs is compared. The encoder of an autoencoder has features of all scales.
/// </param>
/// <param name="weights">Its weights; they stay as they are.</param>
/// <exception cref="ArgumentException">The network takes more than a picture.</exception>
/// <exception cref="ModelFormatException">The weights do not fit the network.</exception>
/// <exception cref="UnsupportedLayerException">The backend has no implementation of a layer.</exception>
public sealed class TextureLoss(Network features, NetworkWeights weights) : FeatureLoss(features, weights)
{
    /// <summary>Keeps the square root differentiable where there is no structure, as a share of the target's mean variance.</summary>
    private const double Epsilon = 1e-4;

    /// <summary>
    /// Height and width of the windows in features, not pixels: an output of a quarter of the size sees four times as far. Smaller where
    /// the features are fewer.
    /// </summary>
    /// <value>Default 16; windows are half as far apart.</value>
    public int Window {
        get;
        init => field = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Window)} must be 2 or more.");} = 16;

    /// <inheritdoc/>
    private protected override string Name => string.Create(CultureInfo.InvariantCulture, $"texture in {Window}");

    /// <inheritdoc/>
    private protected override Tensor Picture(LossInput input) => input.WithKnownPixels();

    /// <inheritdoc/>
    private protected override Tensor Compare(Tensor prediction, Tensor target)
    {
        // Centred by the target, or the squares would drown what they are to tell.
        Tensor centre = target.mean([2, 3], keepdim: true);
        (Tensor targetMean, Tensor targetVariance) = Moments(target - centre);
        (Tensor mean, Tensor variance) = Moments(prediction - centre);
        Tensor epsilon = (targetVariance.mean() * Keep(Epsilon)).Plus(1e-12);
        Tensor targetDeviation = targetVariance.Plus(epsilon).sqrt(), deviation = variance.Plus(epsilon).sqrt();
        return ((mean - targetMean).abs().mean() + (deviation - targetDeviation).abs().mean()) / targetDeviation.mean();
    }

    private (Tensor Mean, Tensor Variance) Moments(Tensor values)
    {
        long[] window = [Math.Min(Window, values.shape[2]), Math.Min(Window, values.shape[3])];
        long[] stride = [Math.Max(1, window[0] / 2), Math.Max(1, window[1] / 2)];
        Tensor mean = F.avg_pool2d(values, window, stride);
        return (mean, F.relu(F.avg_pool2d(values.square(), window, stride) - mean.square()));
    }
}
