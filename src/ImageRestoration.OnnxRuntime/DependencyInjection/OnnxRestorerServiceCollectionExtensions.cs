using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers restorers that run on ONNX Runtime.</summary>
public static class OnnxRestorerServiceCollectionExtensions
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
    public static IServiceCollection AddOnnxRestorer(this IServiceCollection services, string name, Func<IServiceProvider, Model> model, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        OnnxOptions validated = OnnxOptions.Validated(options);
        return services.AddKeyedSingleton<IRestorer>(name, (provider, _) => new OnnxRestorer(model(provider), validated));
    }
}
