using ImageRestoration.DependencyInjection;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers restorers that run on ONNX Runtime.</summary>
public static class OnnxRestorerBuilderExtensions
{
    /// <summary>
    /// Registers an <see cref="IRestorer"/> under a name (a keyed singleton). Nothing is loaded before it is asked for; the container
    /// disposes it.
    /// </summary>
    /// <param name="builder">What <c>services.AddImageRestoration()</c> returned.</param>
    /// <param name="name">Key that the restorer is asked for by, and name of its <see cref="OnnxRestorerOptions"/>.</param>
    /// <param name="configure">
    /// Sets options in code. Configuration is bound beside it or instead, with
    /// <c>services.Configure&lt;OnnxRestorerOptions&gt;(name, section)</c>.
    /// </param>
    /// <returns>A builder that puts tiling, logging and more around the restorer.</returns>
    /// <exception cref="ArgumentException">The name is empty, or taken.</exception>
    public static RestorerBuilder AddOnnxRestorer(
        this ImageRestorationBuilder builder, string name, Action<OnnxRestorerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddRestorer(name, configure, static (services, options, load) => options.IsOnnxFile
            ? OnnxRestorer.Load(options.ModelPath!, options.ToOnnxOptions(services.GetService<ILoggerFactory>()))
            : new OnnxRestorer(load(), options.ToOnnxOptions(services.GetService<ILoggerFactory>())));
    }
}
