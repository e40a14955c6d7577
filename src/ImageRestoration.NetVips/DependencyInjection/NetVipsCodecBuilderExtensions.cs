using ImageRestoration.DependencyInjection;
using ImageRestoration.NetVips;
using ImageRestoration.Photos;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="NetVipsCodec"/>.</summary>
public static class NetVipsCodecBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="NetVipsCodec"/> as an <see cref="IPhotoCodec"/>, and <see cref="PhotoFiles"/> that asks all registered codecs
    /// in the order of their registration. Nothing is loaded before a file is read or written.
    /// </summary>
    /// <param name="builder">What <c>services.AddImageRestoration()</c> returned.</param>
    /// <returns>The builder.</returns>
    public static ImageRestorationBuilder AddNetVipsCodec(this ImageRestorationBuilder builder) => builder.AddPhotoCodec<NetVipsCodec>();
}
