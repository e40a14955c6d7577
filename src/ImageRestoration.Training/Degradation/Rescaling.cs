using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Shrinks pictures and enlarges them to their size again, which loses fine detail.</summary>
/// <remarks>Shrinking is antialiased; see <see cref="Resampling"/>. Results of bicubic kernels may leave [0, 1].</remarks>
public sealed class Rescaling : PerImageDegradation, IDescribed
{
    private static readonly ParameterLimits _limits = new(
        1, 1000, "A factor is a number from 1 to 1000: 4 means a quarter of the rows and of the columns.");

    private readonly ParameterRange _factor;

    /// <summary>Creates rescaling by one factor.</summary>
    /// <param name="factor">
    /// How many times smaller height and width become, 1 to 1000; rounded to whole pixels, at least one. With 1, pictures stay as they are.
    /// </param>
    /// <param name="shrinking">Kernel on the way down.</param>
    /// <param name="enlarging">Kernel on the way up.</param>
    public Rescaling(
        double factor, ResamplingKernel shrinking = ResamplingKernel.Bicubic, ResamplingKernel enlarging = ResamplingKernel.Bicubic)
        : this(ParameterRange.Fixed(factor, _limits, nameof(factor)), shrinking, enlarging)
    {
    }

    /// <summary>Creates rescaling by varying factors: each picture of a batch gets one of its own, drawn uniformly.</summary>
    /// <param name="minimumFactor">Smallest factor, 1 to 1000.</param>
    /// <param name="maximumFactor">Largest factor, <paramref name="minimumFactor"/> to 1000.</param>
    /// <param name="shrinking">Kernel on the way down.</param>
    /// <param name="enlarging">Kernel on the way up.</param>
    public Rescaling(
        double minimumFactor,
        double maximumFactor,
        ResamplingKernel shrinking = ResamplingKernel.Bicubic,
        ResamplingKernel enlarging = ResamplingKernel.Bicubic)
        : this(
            ParameterRange.Between(minimumFactor, maximumFactor, _limits, nameof(minimumFactor), nameof(maximumFactor)),
            shrinking,
            enlarging)
    {
    }

    private Rescaling(ParameterRange factor, ResamplingKernel shrinking, ResamplingKernel enlarging)
    {
        ThrowIfNotKernel(shrinking, nameof(shrinking));
        ThrowIfNotKernel(enlarging, nameof(enlarging));
        _factor = factor;
        Shrinking = shrinking;
        Enlarging = enlarging;
    }

    /// <summary>Smallest factor by which height and width shrink.</summary>
    public double MinimumFactor => _factor.Minimum;

    /// <summary>Largest factor by which height and width shrink.</summary>
    public double MaximumFactor => _factor.Maximum;

    /// <summary>Kernel on the way down.</summary>
    public ResamplingKernel Shrinking { get; }

    /// <summary>Kernel on the way up.</summary>
    public ResamplingKernel Enlarging { get; }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumFactor), MinimumFactor);
        settings.Add(nameof(MaximumFactor), MaximumFactor);
        settings.Add(nameof(Shrinking), Shrinking);
        settings.Add(nameof(Enlarging), Enlarging);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        double factor = _factor.Draw(random);
        int height = Math.Max(1, (int)Math.Round(picture.Height / factor));
        int width = Math.Max(1, (int)Math.Round(picture.Width / factor));
        if (height == picture.Height && width == picture.Width)
        {
            return;
        }

        using ImageTensor small = Resampling.Resize(picture, height, width, Shrinking);
        Resampling.Resize(small, picture, Enlarging);
    }

    private static void ThrowIfNotKernel(ResamplingKernel kernel, string parameterName)
    {
        if (!Enum.IsDefined(kernel))
        {
            throw DegradationErrors.Unknown("kernel", kernel, parameterName);
        }
    }
}
