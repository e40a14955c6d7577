using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// Removes white noise by looking for the picture of little total variation near the noisy one: the model of Rudin, Osher and Fatemi,
/// solved by Chambolle, "An Algorithm for Total Variation Minimization and Applications", 2004. RGB channels are coupled as in Bresson and
/// Chan, "Fast Dual Minimization of the Vectorial Total Variation Norm", 2008.
/// </summary>
/// <remarks>
/// Of grey pictures the result is that of scikit-image's <c>denoise_tv_chambolle</c> with the same weight and tolerance and one iteration
/// more, its last one making no step. Needs twice the picture's memory beyond the result. Computed on all processors; the result does not
/// depend on their number. Thread-safe and re-entrant.
/// </remarks>
public sealed class TotalVariationRestorer : ClassicalRestorer
{
    /// <summary>Weight in multiples of the noise's standard deviation: the best on noisy photographs.</summary>
    private const double WeightPerSigma = 1.05;

    private readonly TotalVariationOptions _options;

    /// <summary>Creates the restorer.</summary>
    /// <param name="options">
    /// Strength and end of the iteration; the defaults of <see cref="TotalVariationOptions"/> where <see langword="null"/>.
    /// </param>
    /// <param name="channels">Channels of the pictures: 1 for grey, 3 for RGB.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every error.</exception>
    public TotalVariationRestorer(TotalVariationOptions? options = null, int channels = 3)
        : base("total-variation", RestorationTask.Denoise, takesMask: false, channels)
    {
        _options = options ?? new TotalVariationOptions();
        _options.Validate(nameof(options));
    }

    private protected override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
    {
        for (int picture = 0; picture < image.Batch; picture++)
        {
            double weight = _options.Weight ?? (WeightPerSigma * (_options.Sigma ?? NoiseEstimate.Of(image, picture).Level) / 255);

            // A picture estimated to have no noise stays nearly as it is; a weight of 0 would divide by it.
            using var iteration = new ChambolleIteration(
                image, picture, (float)Math.Max(weight, NoiseEstimate.Negligible / 255), cancellationToken);
            Iterate(iteration);
            iteration.Store(result);
        }
    }

    private void Iterate(ChambolleIteration iteration)
    {
        double first = iteration.Advance();
        double previous = first;
        for (int i = 1; i < _options.Iterations; i++)
        {
            double energy = iteration.Advance();
            if (Math.Abs(previous - energy) < _options.Tolerance * first)
            {
                return;
            }

            previous = energy;
        }
    }
}
