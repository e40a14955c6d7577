using ImageRestoration.Degradation.Jpeg;
using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>What remains of a picture that is written to a JPEG file and read again, without the file.</summary>
/// <remarks>
/// <para>The steps are those of libjpeg 6b and libjpeg-turbo with their defaults, in the same whole numbers, so that results equal theirs
/// bit by bit: values are limited to [0, 1] and rounded to 8 bits; colour is converted to JFIF YCbCr and its chroma averaged over the
/// subsampled pixels; blocks of 8×8 samples go through the accurate integer DCT (Loeffler, Ligtenberg and Moschytz, ICASSP 1989),
/// are divided by the tables of ITU-T T.81, Annex K, scaled for the quality as the Independent JPEG Group does, rounded, and back;
/// chroma is upsampled with libjpeg's "fancy" triangle filter (weights 3/4 and 1/4 in each direction; for pictures of up to four
/// columns, and where <see cref="JpegCompressionOptions.RepeatedChromaProbability"/> asks for it, by repetition); and samples are limited
/// to [0, 255]. Blocks beyond the right and bottom border are filled by repeating the last samples. Only the entropy coding, which loses
/// nothing, is left out.</para>
/// <para>Pictures have 3 channels (RGB) or 1 (grey). Results are n/255.</para>
/// </remarks>
public sealed class JpegCompression : PerImageDegradation, IDescribed
{
    private readonly JpegCompressionOptions _options;

    /// <summary>Creates compression with one quality.</summary>
    /// <param name="quality">1 to 100, on libjpeg's scale.</param>
    /// <param name="subsampling">Resolution of the colour planes.</param>
    public JpegCompression(int quality, ChromaSubsampling subsampling = ChromaSubsampling.Ratio420)
        : this(quality, quality, subsampling)
    {
    }

    /// <summary>Creates compression of varying quality: each picture of a batch gets a quality of its own, drawn uniformly.</summary>
    /// <param name="minimumQuality">Lowest quality, 1 to 100.</param>
    /// <param name="maximumQuality">Highest quality, <paramref name="minimumQuality"/> to 100.</param>
    /// <param name="subsampling">Resolution of the colour planes; <see langword="null"/> draws one for each picture.</param>
    public JpegCompression(int minimumQuality, int maximumQuality, ChromaSubsampling? subsampling = ChromaSubsampling.Ratio420)
    {
        ThrowIfNotQuality(minimumQuality, nameof(minimumQuality));
        ThrowIfNotQuality(maximumQuality, nameof(maximumQuality));
        if (minimumQuality > maximumQuality)
        {
            throw DegradationErrors.Order(
                nameof(minimumQuality),
                minimumQuality,
                maximumQuality,
                "The lowest quality exceeds the highest",
                "Give the lower one first.");
        }

        if (subsampling is { } ratio && !Enum.IsDefined(ratio))
        {
            throw DegradationErrors.Subsampling(subsampling, nameof(subsampling));
        }

        _options = new JpegCompressionOptions
        {
            MinimumQuality = minimumQuality,
            MaximumQuality = maximumQuality,
            Subsampling = subsampling,
        };
    }

    /// <summary>Creates compression from options.</summary>
    /// <param name="options">Qualities, subsampling and repeated compression.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public JpegCompression(JpegCompressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        _options = options;
    }

    /// <summary>Qualities, subsampling and repeated compression.</summary>
    public JpegCompressionOptions Options => _options;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => ((IDescribed)_options).Describe(settings);

    /// <summary>Compresses one picture in place.</summary>
    /// <param name="picture">One picture with 1 or 3 channels.</param>
    /// <param name="random">Source of all randomness.</param>
    /// <exception cref="TensorShapeException">The picture has neither 1 nor 3 channels.</exception>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        if (picture.Channels is not (1 or 3))
        {
            throw DegradationErrors.Channels(picture, "JPEG compression takes 1 (grey) or 3 (RGB)", "Compress grey or RGB pictures");
        }

        if (_options.DoubleCompressionProbability > 0 && random.NextDouble() < _options.DoubleCompressionProbability)
        {
            int top = random.Next(8), left = random.Next(8);
            Compress(picture, random, top, left);
        }

        Compress(picture, random, 0, 0);
    }

    private static void ThrowIfNotQuality(int quality, string parameterName)
    {
        if (quality is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(parameterName, quality, "Quality is a whole number from 1 to 100, on libjpeg's scale.");
        }
    }

    private void Compress(ImageTensor picture, Random random, int top, int left)
    {
        int quality = _options.MinimumQuality;
        if (quality < _options.MaximumQuality)
        {
            quality = random.Next(quality, _options.MaximumQuality + 1);
        }

        ChromaSubsampling subsampling = _options.Subsampling ?? (ChromaSubsampling)random.Next(3);
        bool repeatsChroma = _options.RepeatedChromaProbability > 0 && random.NextDouble() < _options.RepeatedChromaProbability;
        JpegRoundTrip.Apply(picture, quality, subsampling, top, left, repeatsChroma);
    }
}
