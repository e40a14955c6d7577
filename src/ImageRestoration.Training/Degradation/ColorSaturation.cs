using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Makes colours weaker or stronger: y + s · (x − y), where y is a pixel's luminance, limited to [0, 1].</summary>
/// <remarks>
/// With s = 0, pictures become grey ones of equal channels. Luminance is that of <see cref="Luminance"/>. Inside of
/// <see cref="AugmentedDegradation"/>, networks learn from more black-and-white or colourful pictures than the training pictures are.
/// Pictures have 3 channels; those of 1 stay as they are.
/// </remarks>
public sealed class ColorSaturation : PerImageDegradation, IDescribed
{
    private static readonly ParameterLimits _limits = new(0, 100, "A saturation is a factor from 0 (grey) to 100; 1 changes nothing.");

    private readonly ParameterRange _saturation;

    /// <summary>Creates a change of one strength.</summary>
    /// <param name="saturation">Factor, 0 (grey) to 100; with 1, pictures stay as they are, but for the limits.</param>
    public ColorSaturation(double saturation) => _saturation = ParameterRange.Fixed(saturation, _limits, nameof(saturation));

    /// <summary>Creates a change of varying strength: each picture of a batch gets a factor of its own, drawn uniformly.</summary>
    /// <param name="minimumSaturation">Smallest factor, 0 to 100.</param>
    /// <param name="maximumSaturation">Largest factor, <paramref name="minimumSaturation"/> to 100.</param>
    public ColorSaturation(double minimumSaturation, double maximumSaturation)
        => _saturation = ParameterRange.Between(
            minimumSaturation, maximumSaturation, _limits, nameof(minimumSaturation), nameof(maximumSaturation));

    /// <summary>Smallest factor.</summary>
    public double MinimumSaturation => _saturation.Minimum;

    /// <summary>Largest factor.</summary>
    public double MaximumSaturation => _saturation.Maximum;

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(MinimumSaturation), MinimumSaturation);
        settings.Add(nameof(MaximumSaturation), MaximumSaturation);
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(random);
        if (picture.Channels is not (1 or 3))
        {
            throw DegradationErrors.Channels(picture, "saturation is changed of 3 (RGB) or 1 (grey)", "Give RGB or grey pictures");
        }

        float saturation = (float)_saturation.Draw(random);
        if (picture.Channels == 1)
        {
            return;
        }

        using ImageTensor luminance = Luminance.FromRgb(picture);
        for (int c = 0; c < 3; c++)
        {
            Span<float> values = picture.Plane(0, c);
            TensorPrimitives.Subtract(values, luminance.Span, values);
            TensorPrimitives.Multiply(values, saturation, values);
            TensorPrimitives.Add(values, luminance.Span, values);
        }

        picture.Clamp();
    }
}
