using ImageRestoration.DependencyInjection;
using ImageRestoration.TorchSharp;
using ImageRestoration.Restoration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers restorers that run on libtorch.</summary>
public static class TorchRestorerBuilderExtensions
{
    /// <summary>
    /// Registers an <see cref="IRestorer"/> under a name (a keyed singleton). Nothing is loaded before it is asked for; the container
    /// disposes it.
    /// </summary>
    /// <param name="builder">What <c>services.AddImageRestoration()</c> returned.</param>
    /// <param name="name">Key that the restorer is asked for by, and name of its <see cref="TorchRestorerOptions"/>.</param>
    /// <param name="configure">
    /// Sets options in code. Configuration is bound beside it or instead, with
    /// <c>services.Configure&lt;TorchRestorerOptions&gt;(name, section)</c>.
    /// </param>
    /// <returns>A builder that puts tiling, logging and more around the restorer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public static RestorerBuilder AddTorchRestorer(
        this ImageRestorationBuilder builder, string name, Action<TorchRestorerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRestorer(
            name, configure, static (_, options, load) => new TorchRestorer(load(), options.ToTorchOptions()));
    }
}
