using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>
/// Changes pictures before they are degraded, so that a network learns to give back the changed ones: more exposures or colours than the
/// training pictures have.
/// </summary>
public sealed class AugmentedDegradation : PerImagePairDegradation, IDescribed
{
    private readonly IDegradation _augmentation;
    private readonly IDegradation _degradation;

    /// <summary>Creates the degradation.</summary>
    /// <param name="augmentation">What changes pictures, and the targets of training pairs with them.</param>
    /// <param name="degradation">What degrades the changed pictures.</param>
    public AugmentedDegradation(IDegradation augmentation, IDegradation degradation)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        ArgumentNullException.ThrowIfNull(degradation);
        _augmentation = augmentation;
        _degradation = degradation;
    }

    /// <inheritdoc/>
    public override bool ChangesTarget => true;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddDegradation("Augmentation", _augmentation);
        settings.AddDegradation("Degradation", _degradation);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        (SeededRandom ofAugmentation, SeededRandom ofDegradation) = Split(random);
        _augmentation.Apply(picture, ofAugmentation);
        _degradation.Apply(picture, ofDegradation);
    }

    /// <inheritdoc/>
    protected override void ApplyToImagePair(ImageTensor target, ImageTensor degraded, Random random)
    {
        (SeededRandom ofAugmentation, SeededRandom ofDegradation) = Split(random);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(degraded);
        _augmentation.Apply(target, ofAugmentation);
        ApplyToPair(_degradation, target, degraded, ofDegradation);
    }

    /// <summary>
    /// What the degradation draws does not depend on how many numbers the augmentation takes, which may be as many as there are pixels: a
    /// patch and its whole picture are degraded alike.
    /// </summary>
    private static (SeededRandom OfAugmentation, SeededRandom OfDegradation) Split(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return (new SeededRandom((ulong)random.NextInt64()), new SeededRandom((ulong)random.NextInt64()));
    }
}
