using ImageRestoration.DependencyInjection;
using ImageRestoration.Managed;
using ImageRestoration.Restoration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers restorers that run in C# alone.</summary>
public static class ManagedRestorerBuilderExtensions
{
    /// <summary>
    /// Registers an <see cref="IRestorer"/> under a name (a keyed singleton). Nothing is loaded before it is asked for; the container
    /// disposes it.
    /// </summary>
    /// <param name="builder">What <c>services.AddImageRestoration()</c> returned.</param>
    /// <param name="name">Key that the restorer is asked for by, and name of its <see cref="ManagedRestorerOptions"/>.</param>
    /// <param name="configure">
    /// Sets options in code. Configuration is bound beside it or instead, with
    /// <c>services.Configure&lt;ManagedRestorerOptions&gt;(name, section)</c>.
    /// </param>
    /// <returns>A builder that puts tiling, logging and more around the restorer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public static RestorerBuilder AddManagedRestorer(
        this ImageRestorationBuilder builder, string name, Action<ManagedRestorerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRestorer(
            name, configure, static (_, options, load) => new ManagedRestorer(load(), options.ToManagedOptions()));
    }
}
