using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>Texture synthesis for a <see cref="RestorerBuilder"/>.</summary>
public static class TextureSynthesisRestorerBuilderExtensions
{
    /// <summary>Adds texture to what the restorer inside fills in; see <see cref="TextureSynthesisRestorer"/>.</summary>
    /// <param name="builder">The restorers so far; the one inside takes a mask.</param>
    /// <param name="options">Settings, checked at once; the defaults where <see langword="null"/>.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static RestorerBuilder UseTextureSynthesis(this RestorerBuilder builder, TextureSynthesisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        options?.Validate(nameof(options));
        return builder.Use(inner => new TextureSynthesisRestorer(inner, options));
    }
}
