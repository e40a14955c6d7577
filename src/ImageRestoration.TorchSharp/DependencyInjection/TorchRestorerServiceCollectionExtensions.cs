using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers restorers that run on libtorch.</summary>
public static class TorchRestorerServiceCollectionExtensions
{
    /// <summary>
    /// Registers an <see cref="IRestorer"/> under a name (a keyed singleton). Nothing is loaded before it is asked for; the container
    /// disposes it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Key that the restorer is asked for by.</param>
    /// <param name="model">Gives the model when the restorer is made.</param>
    /// <param name="options">Settings, checked at once; the defaults where <see langword="null"/>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTorchRestorer(this IServiceCollection services, string name, Func<IServiceProvider, Model> model, TorchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        options ??= new TorchOptions();
        options.ThrowIfInvalid(nameof(options));
        return services.AddKeyedSingleton<IRestorer>(name, (provider, _) => new TorchRestorer(model(provider), options));
    }
}
