using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Degradation;

/// <summary>Removes pixels: those that a mask drawn for each picture says are missing get a constant value in all channels.</summary>
public sealed class MissingPixelsDegradation : PerPictureDegradation
{
    private readonly IMaskStrategy _strategy;

    /// <summary>Creates the degradation.</summary>
    /// <param name="strategy">Draws the masks.</param>
    /// <param name="value">What missing pixels become; finite, nominal range [0, 1].</param>
    public MissingPixelsDegradation(IMaskStrategy strategy, float value = 0f)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        if (!float.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The value of missing pixels is a finite number, nominally from 0 to 1.");
        }

        _strategy = strategy;
        Value = value;
    }

    /// <summary>What missing pixels become.</summary>
    public float Value { get; }

    /// <inheritdoc/>
    protected override void ApplyToPicture(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        Mask mask = _strategy.Create(picture.Height, picture.Width, random);
        mask.ThrowIfSizeDiffers(picture.Shape);
        ReadOnlySpan<byte> missing = mask.Values;
        for (int c = 0; c < picture.Channels; c++)
        {
            Span<float> plane = picture.Plane(0, c);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = missing[i] == 0 ? plane[i] : Value;
            }
        }
    }
}
