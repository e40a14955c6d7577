using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRestoration.Restoration;

/// <summary>
/// Puts restorers around a restorer. What is added first is outermost: <c>UseLogging().UseTiling()</c> logs pictures,
/// <c>UseTiling().UseLogging()</c> logs tiles.
/// </summary>
/// <remarks>Not safe for use from several threads while restorers are added.</remarks>
public sealed class RestorerBuilder
{
    private readonly Func<IServiceProvider, IRestorer> _inner;
    private readonly List<Func<IRestorer, IServiceProvider, IRestorer>> _decorators = [];

    /// <summary>Begins with a restorer that is there already.</summary>
    /// <param name="inner">The innermost restorer; what <see cref="Build"/> makes owns it.</param>
    public RestorerBuilder(IRestorer inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = _ => inner;
    }

    /// <summary>Begins with a restorer that is made when <see cref="Build"/> is called.</summary>
    /// <param name="inner">Makes the innermost restorer.</param>
    /// <param name="name">Name that logs, metrics and traces call the restorer by; the model's own where <see langword="null"/>.</param>
    public RestorerBuilder(Func<IServiceProvider, IRestorer> inner, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        Name = name;
    }

    /// <summary>Name that the restorer is registered by, or <see langword="null"/>.</summary>
    public string? Name { get; }

    /// <summary>Adds a restorer inside those added before.</summary>
    /// <param name="decorator">Puts a restorer around the one it is given, and owns that.</param>
    /// <returns>This builder.</returns>
    public RestorerBuilder Use(Func<IRestorer, IServiceProvider, IRestorer> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>Adds a restorer inside those added before.</summary>
    /// <param name="decorator">Puts a restorer around the one it is given, and owns that.</param>
    /// <returns>This builder.</returns>
    public RestorerBuilder Use(Func<IRestorer, IRestorer> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        return Use((inner, _) => decorator(inner));
    }

    /// <summary>Takes the mean over flipped and turned variants; see <see cref="SelfEnsembleRestorer"/>.</summary>
    /// <param name="variants">2, 4 or 8.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variants"/> is none of these numbers.</exception>
    public RestorerBuilder UseSelfEnsemble(int variants = 8)
    {
        SelfEnsembleRestorer.ThrowIfInvalid(variants, nameof(variants));
        return Use(inner => new SelfEnsembleRestorer(inner, variants));
    }

    /// <summary>Takes pictures of 1 or 3 channels, whichever the restorer inside takes: <see cref="ChannelAdaptingRestorer"/>.</summary>
    /// <param name="channels">1 for grey, 3 for RGB.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is neither.</exception>
    public RestorerBuilder UseChannels(int channels)
    {
        ChannelAdaptingRestorer.ThrowIfInvalid(channels, nameof(channels));
        return Use(inner => new ChannelAdaptingRestorer(inner, channels));
    }

    /// <summary>Logs what is restored, how long that takes, and failures; see <see cref="LoggingRestorer"/>.</summary>
    /// <param name="loggerFactory">Makes the logger; the services' own where <see langword="null"/>.</param>
    /// <returns>This builder.</returns>
    public RestorerBuilder UseLogging(ILoggerFactory? loggerFactory = null) => Use((inner, services) =>
    {
        ILoggerFactory factory = loggerFactory ?? services.GetService<ILoggerFactory>()
            ?? throw RestorationErrors.NoLogging();
        return new LoggingRestorer(inner, factory.CreateLogger<LoggingRestorer>(), Name);
    });

    /// <summary>Measures and traces calls; see <see cref="RestorationTelemetry"/>.</summary>
    /// <returns>This builder.</returns>
    public RestorerBuilder UseTelemetry() => Use(inner => new TelemetryRestorer(inner, Name));

    /// <summary>Makes the restorer with everything around it. If a part cannot be made, those inside it are disposed.</summary>
    /// <param name="services">Services that the parts take what they need from; none where <see langword="null"/>.</param>
    /// <returns>The outermost restorer, which owns those inside; the caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">A part was not made, or a service that it needs is missing.</exception>
    public IRestorer Build(IServiceProvider? services = null)
    {
        services ??= NoServices.Instance;
        IRestorer restorer = _inner(services) ?? throw new InvalidOperationException(
                "The function that makes the innermost restorer returned null. Return a restorer.");
        try
        {
            for (int i = _decorators.Count - 1; i >= 0; i--)
            {
                restorer = _decorators[i](restorer, services)
                    ?? throw RestorationErrors.NoRestorer(i + 1);
            }

            return restorer;
        }
        catch
        {
            restorer.Dispose();
            throw;
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        internal static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
