using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Denoising;

/// <summary>Strength that follows from the noise, for a <see cref="RestorerBuilder"/>.</summary>
public static class DenoisingRestorerBuilderExtensions
{
    /// <summary>
    /// Leaves clean pictures as they are; see <see cref="AutomaticStrengthRestorer"/>. Tiling is added after it, so that it is inside.
    /// </summary>
    /// <param name="builder">The restorers so far.</param>
    /// <param name="modelError">
    /// What the restorer inside changes in a clean picture: root mean square on the scale [0, 255]; at least 0. 1.3 is that of the bundled
    /// models.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="modelError"/> is negative, infinite or NaN.</exception>
    public static RestorerBuilder UseAutomaticStrength(this RestorerBuilder builder, double modelError = NoiseEstimate.TypicalModelError)
    {
        ArgumentNullException.ThrowIfNull(builder);
        NoiseEstimate.ThrowIfInvalid(modelError, nameof(modelError));
        return builder.Use(inner => new AutomaticStrengthRestorer(inner, modelError));
    }
}
