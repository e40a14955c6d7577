namespace ImageRestoration.Restoration;

/// <summary>Base of restorers that do something around another one: tiling, ensembles, logging.</summary>
/// <remarks>As thread-safe as the restorer inside, unless a derived class says otherwise.</remarks>
public abstract class DelegatingRestorer : IRestorer
{
    private readonly bool _leaveOpen;
    private bool _disposed;

    /// <summary>Puts a restorer around another one.</summary>
    /// <param name="inner">The restorer inside.</param>
    /// <param name="leaveOpen">Whether it stays open when this one is disposed.</param>
    protected DelegatingRestorer(IRestorer inner, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public virtual RestorerInfo Info => Inner.Info;

    /// <summary>The restorer inside.</summary>
    protected IRestorer Inner { get; }

    /// <inheritdoc/>
    public virtual Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        => Inner.RestoreAsync(request, options, cancellationToken);

    /// <inheritdoc/>
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : Inner.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Throws if this restorer was disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was.</exception>
    protected void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    /// <summary>Disposes the restorer inside, unless it was to stay open.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
        {
            Inner.Dispose();
        }
    }
}
