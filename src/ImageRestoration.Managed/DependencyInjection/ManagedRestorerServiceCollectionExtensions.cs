using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers restorers that run in C# alone.</summary>
public static class ManagedRestorerServiceCollectionExtensions
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
    public static IServiceCollection AddManagedRestorer(this IServiceCollection services, string name, Func<IServiceProvider, Model> model, ManagedOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        ManagedOptions validated = ManagedOptions.Validated(options);
        return services.AddKeyedSingleton<IRestorer>(name, (provider, _) => new ManagedRestorer(model(provider), validated));
    }
}
