using ImageRestoration.DependencyInjection;
using ImageRestoration.ImageSharp;
using ImageRestoration.Photos;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="ImageSharpCodec"/>.</summary>
public static class ImageSharpCodecBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="ImageSharpCodec"/> as an <see cref="IPhotoCodec"/>, and <see cref="PhotoFiles"/> that asks all registered
    /// codecs in the order of their registration. Nothing is loaded before a file is read or written.
    /// </summary>
    /// <param name="builder">What <c>services.AddImageRestoration()</c> returned.</param>
    /// <returns>The builder.</returns>
    public static ImageRestorationBuilder AddImageSharpCodec(this ImageRestorationBuilder builder)
        => builder.AddPhotoCodec<ImageSharpCodec>();
}
