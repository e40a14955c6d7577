using System.Collections.Immutable;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// How noisy a picture is, as its pixels tell: the noise of its flattest parts, what channels and neighbours share of it, and whether it
/// comes from a JPEG file.
/// </summary>
/// <remarks>
/// <para>Noise is measured in the discrete cosine transform of 8×8 blocks, in the 1 % of the blocks that have least detail, and at least 8,
/// of each of 6 levels of brightness (Ponomarenko, Lukin, Egiazarian and Lepisto, "Noise variance estimation for lossy compression of
/// AVIRIS images", 2007; weak texture as in Liu, Tanaka and Okutomi, "Single-Image Noise Level Estimation for Blind Denoising", 2013).
/// Blocks are chosen by one half of the coefficients and measured by the other, and the other way round, so that choosing the flattest does
/// not make noise look weaker. The five lowest coefficients, in which shading outweighs noise, are taken to be as noisy as the next higher
/// ones; blocks of one value, and blocks of which more than 4 in 64 values are clipped, tell nothing. At most 16,384 blocks, of a regular
/// grid, are looked at.</para>
/// <para>A sensor's noise has a variance that is an affine function of brightness (Foi, Trimeche, Katkovnik and Egiazarian, "Practical
/// Poissonian-Gaussian noise modeling and fitting for single-image raw-data", 2008), and texture only adds to it. So what is taken is the
/// largest that any affine function below the levels' variances has at the mean brightness, at most 4 times the least of them.</para>
/// <para>Texture that is everywhere passes for noise, and so does a photograph's own grain: estimates are too high rather than too low.
/// Noise that JPEG or a smoothing filter removed from flat parts is not seen. <c>docs/classical.md</c> has figures.</para>
/// <para>JPEG's blocks are seen as in Wang, Bovik and Evans, "Blind measurement of blocking artifacts in images", 2000: the step between
/// neighbours is larger across the borders of blocks than within them.</para>
/// </remarks>
public sealed record NoiseEstimate
{
    /// <summary>Standard deviation, on the scale [0, 255], below which there is nothing to denoise.</summary>
    internal const double Negligible = 1e-3;

    /// <summary>What models change in a picture without noise, root mean square on the scale [0, 255].</summary>
    internal const double TypicalModelError = 1.3;

    private const double LeastBlocking = 0.5;
    private const double LeastBlockingCertainty = 4;

    /// <summary>
    /// Standard deviation of the noise on the scale [0, 255]: the root mean square of <see cref="ChannelLevels"/>. Rounding to 8 bits alone
    /// makes 0.3.
    /// </summary>
    public required double Level { get; init; }

    /// <summary>Standard deviation of each channel's noise on the scale [0, 255].</summary>
    public required ImmutableArray<double> ChannelLevels { get; init; }

    /// <summary>
    /// Correlation of the noise between channels, the mean over their pairs: 0 where it is independent, 1 where all have the same, as grey
    /// pictures stored as RGB do; 0 also for pictures of one channel and without noise.
    /// </summary>
    /// <value>In [-1, 1].</value>
    public required double ChannelCorrelation { get; init; }

    /// <summary>
    /// Correlation of the noise between neighbouring pixels, the mean of horizontal and vertical ones: 0 where it is white, towards 1 where
    /// it is blurred, as demosaicking, JPEG and scaling do. A little too low, because blocks hide what is larger than they are.
    /// </summary>
    /// <value>In [-1, 1].</value>
    public required double SpatialCorrelation { get; init; }

    /// <summary>
    /// How much more neighbouring pixels differ across the borders of JPEG's 8×8 blocks, counted from the upper left corner, than within
    /// blocks: a mean on the scale [0, 255]. About 1 to 3 for qualities from 75 to 50; below 0 where noise within blocks hides their
    /// borders.
    /// </summary>
    public required double Blocking { get; init; }

    /// <summary>
    /// Whether <see cref="Blocking"/> is above 0.5 and certain, four times its standard error: the picture comes from a JPEG file of
    /// quality 75 or less, or of a camera, and was neither scaled nor cropped since. Strong noise before JPEG hides them.
    /// </summary>
    public required bool HasJpegBlocks { get; init; }

    /// <summary>Estimates the noise of a picture.</summary>
    /// <param name="image">Pictures, NCHW, of any size and number of channels, nominal range [0, 1].</param>
    /// <param name="picture">Picture of the batch.</param>
    /// <returns>The estimate; without noise where the picture has no block of 8×8 pixels of more than one value.</returns>
    /// <exception cref="TensorValueException">The picture holds NaN or infinite values.</exception>
    public static NoiseEstimate Of(ImageTensor image, int picture = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegative(picture);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(picture, image.Batch);
        for (int channel = 0; channel < image.Channels; channel++)
        {
            ReadOnlySpan<float> plane = image.Plane(picture, channel);
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(plane)) && plane.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new TensorValueException(
                    "The image holds NaN or infinite values, so its noise cannot be estimated. Replace them before.");
            }
        }

        (NoiseSpectrum spectrum, double factor) = NoiseMeasurement.Measure(image, picture);
        double[] variances = [.. spectrum.Variances.Select(variance => factor * variance)];
        (double blocking, double error) = JpegGrid.Measure(image, picture);
        return new NoiseEstimate
        {
            Level = Math.Sqrt(variances.Average()),
            ChannelLevels = [.. variances.Select(Math.Sqrt)],
            ChannelCorrelation = spectrum.ChannelCorrelation,
            SpatialCorrelation = spectrum.SpatialCorrelation,
            Blocking = blocking,
            HasJpegBlocks = blocking > LeastBlocking && blocking > LeastBlockingCertainty * error,
        };
    }

    /// <summary>
    /// The share of a denoised picture in the mixture with the noisy one that is nearest to the truth, where the errors of both are
    /// independent: σ²/(σ² + e²), with σ the <see cref="Level"/>. A clean picture stays as it is, and a noisy one gets the model's result.
    /// </summary>
    /// <param name="modelError">
    /// e, what the model changes in a clean picture: root mean square on the scale [0, 255]; at least 0. 1.3 is that of the bundled models.
    /// </param>
    /// <returns>In [0, 1], for <see cref="Restoration.RestorationOptions.Strength"/>; 0 without noise.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="modelError"/> is negative, infinite or NaN.</exception>
    public float StrengthFor(double modelError = TypicalModelError)
    {
        ThrowIfInvalid(modelError, nameof(modelError));
        double variance = Level * Level;
        return Level < Negligible ? 0 : (float)(variance / (variance + (modelError * modelError)));
    }

    internal static void ThrowIfInvalid(double modelError, string parameterName)
    {
        if (!(modelError >= 0 && double.IsFinite(modelError)))
        {
            throw new ArgumentOutOfRangeException(
                parameterName, modelError, "A model's error is a root mean square on the scale [0, 255]. Give 0 or more, such as 1.3.");
        }
    }
}
