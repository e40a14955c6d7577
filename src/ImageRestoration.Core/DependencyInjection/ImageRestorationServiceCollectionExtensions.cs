using ImageRestoration.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Begins the registration of restorers.</summary>
public static class ImageRestorationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="RestorerCatalog"/> and returns a builder that restorers are registered with, by methods of the backends such as
    /// <c>AddManagedRestorer</c>. Further calls add to the same services.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder.</returns>
    public static ImageRestorationBuilder AddImageRestoration(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.TryAddSingleton(provider => new RestorerCatalog(provider, provider.GetServices<RestorerRegistration>()));
        return new ImageRestorationBuilder(services);
    }
}
