using System.Globalization;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Squared distance between the spectra of prediction and target, each frequency weighted by how wrong it is
/// (Jiang, Dai, Wu and Loy 2021, arXiv:2012.12821, equations 5 to 8). The spectrum is orthonormal, and the weights carry no gradient.
/// </summary>
/// <remarks>
/// The transform is a product with the matrices of the discrete Fourier transform: fast for patches, and differentiable everywhere.
/// </remarks>
public sealed class FocalFrequencyLoss : Loss
{
    private const double Smallest = 1e-12;

    /// <summary>Exponent of the weights: the larger, the more the worst frequencies count.</summary>
    /// <value>0 or more; default 1.</value>
    public double Alpha
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Alpha must be finite and not negative.");
    } = 1;

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"focal frequency {Alpha:R}");

    /// <inheritdoc/>
    public override Tensor Compute(LossInput input)
    {
        // The transform is linear: the spectra's difference is the difference's spectrum.
        Tensor difference = input.Prediction - input.Target;
        (Tensor cosX, Tensor sinX) = Matrices(difference.shape[3], difference);
        (Tensor cosY, Tensor sinY) = Matrices(difference.shape[2], difference);
        Tensor re = F.linear(difference, cosX), im = F.linear(difference, sinX) * Keep(-1);
        re = re.transpose(2, 3);
        im = im.transpose(2, 3);
        Tensor real = F.linear(re, cosY) + F.linear(im, sinY), imaginary = F.linear(im, cosY) - F.linear(re, sinY);
        Tensor distance = real.square() + imaginary.square();
        Tensor weight = distance.detach().clamp(min: Keep(Smallest)).pow(Keep(Alpha / 2));
        weight = weight / weight.amax([2, 3], keepdim: true);
        return (weight * distance).mean();
    }

    private static (Tensor Cosine, Tensor Sine) Matrices(long length, Tensor like)
    {
        var cosine = new float[length * length];
        var sine = new float[length * length];
        double scale = 1 / Math.Sqrt(length);
        for (long k = 0; k < length; k++)
        {
            for (long n = 0; n < length; n++)
            {
                // The product is reduced first, so that large angles stay exact.
                double angle = 2 * Math.PI * (k * n % length) / length;
                cosine[(k * length) + n] = (float)(scale * Math.Cos(angle));
                sine[(k * length) + n] = (float)(scale * Math.Sin(angle));
            }
        }

        return (
            TorchTensors.ToTorch(cosine, [length, length], like.device).to(like.dtype),
            TorchTensors.ToTorch(sine, [length, length], like.device).to(like.dtype));
    }
}
