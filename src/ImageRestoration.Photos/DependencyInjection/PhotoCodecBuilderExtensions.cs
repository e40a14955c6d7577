using ImageRestoration.DependencyInjection;
using ImageRestoration.Photos;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers codecs of photographs.</summary>
public static class PhotoCodecBuilderExtensions
{
    /// <summary>
    /// Registers a codec, and <see cref="PhotoFiles"/> (a singleton) that asks all registered codecs in the order of their registration.
    /// Nothing is loaded before a file is read or written. A codec of a type that is registered already is not added once more.
    /// </summary>
    /// <typeparam name="TCodec">Type of the codec.</typeparam>
    /// <param name="builder">What <c>services.AddImageRestoration()</c> returned.</param>
    /// <returns>The builder.</returns>
    public static ImageRestorationBuilder AddPhotoCodec<TCodec>(this ImageRestorationBuilder builder)
        where TCodec : class, IPhotoCodec, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPhotoCodec, TCodec>(static _ => new TCodec()));
        builder.Services.TryAddSingleton(static services => new PhotoFiles(services.GetServices<IPhotoCodec>()));
        return builder;
    }
}
