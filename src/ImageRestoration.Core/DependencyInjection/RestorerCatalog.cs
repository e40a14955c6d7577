using System.Collections.Immutable;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRestoration.DependencyInjection;

/// <summary>The registered restorers: their names, and what runs where.</summary>
/// <remarks>A singleton, safe for use from several threads. Creating it loads nothing.</remarks>
public sealed class RestorerCatalog
{
    private readonly IServiceProvider _services;

    internal RestorerCatalog(IServiceProvider services, IEnumerable<RestorerRegistration> registrations)
    {
        _services = services;
        Names = [.. registrations.Select(registration => registration.Name)];
    }

    /// <summary>Names of the restorers, in order of registration.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>
    /// Gives a restorer, loaded if it was not; the same that <c>GetRequiredKeyedService&lt;IRestorer&gt;(name)</c> gives. Its
    /// <see cref="IRestorer.Info"/> says what computes, and where.
    /// </summary>
    /// <param name="name">Name that it was registered by.</param>
    /// <returns>The restorer; the container disposes it.</returns>
    /// <exception cref="KeyNotFoundException">No restorer is registered by that name.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Its options are wrong.</exception>
    public IRestorer Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.Contains(name, StringComparer.Ordinal)
            ? _services.GetRequiredKeyedService<IRestorer>(name)
            : throw new KeyNotFoundException($"No restorer is registered as '{name}'. "
                + (Names.IsEmpty ? "None is registered at all." : $"Registered: {string.Join(", ", Names)}."));
    }

    /// <summary>Loads all restorers and lets each restore one picture, one after the other; see <see cref="RestorerWarmUp"/>.</summary>
    /// <param name="size">Size of the picture; 64×64 where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A task that ends when all are ready.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options of a restorer are wrong.</exception>
    /// <exception cref="ImageRestorationException">A restorer cannot be loaded or run.</exception>
    /// <exception cref="FileNotFoundException">A model file is missing.</exception>
    public async Task WarmUpAsync(Size2d? size = null, CancellationToken cancellationToken = default)
    {
        foreach (string name in Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Get(name).WarmUpAsync(size, cancellationToken).ConfigureAwait(false);
        }
    }
}
