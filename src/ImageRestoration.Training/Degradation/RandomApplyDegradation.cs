using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Applies a degradation to a picture with some probability, and otherwise leaves the picture as it is.</summary>
public sealed class RandomApplyDegradation : PerImagePairDegradation, IDescribed
{
    private readonly IDegradation _degradation;

    /// <summary>Creates the degradation.</summary>
    /// <param name="degradation">What may be applied.</param>
    /// <param name="probability">0 (never) to 1 (always). Each picture of a batch is decided on its own.</param>
    public RandomApplyDegradation(IDegradation degradation, double probability)
    {
        ArgumentNullException.ThrowIfNull(degradation);

        // Written so that NaN fails.
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is a number from 0 to 1.");
        }

        _degradation = degradation;
        Probability = probability;
    }

    /// <summary>How likely each picture is degraded, 0 to 1.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override bool ChangesTarget => _degradation is IPairDegradation { ChangesTarget: true };

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddDegradation("Degradation", _degradation);
        settings.Add(nameof(Probability), Probability);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() < Probability)
        {
            _degradation.Apply(picture, random);
        }
    }

    /// <inheritdoc/>
    protected override void ApplyToImagePair(ImageTensor target, ImageTensor degraded, Random random)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(degraded);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() < Probability)
        {
            ApplyToPair(_degradation, target, degraded, random);
        }
        else
        {
            target.Span.CopyTo(degraded.Span);
        }
    }
}
