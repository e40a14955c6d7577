namespace ImageRestoration.Restoration;

/// <summary>
/// Base of restorers that compute. A request is checked, computed on a thread other than the caller's, limited, blended with the input as
/// <see cref="RestorationOptions"/> say, and given its known pixels back bit by bit; a restorer only computes.
/// </summary>
public abstract class RestorerBase : IRestorer
{
    private bool _disposed;

    /// <summary>Creates the restorer.</summary>
    /// <param name="info">What it is.</param>
    protected RestorerBase(RestorerInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
    }

    /// <inheritdoc/>
    public RestorerInfo Info { get; }

    /// <inheritdoc/>
    public Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return RestorationPipeline.RunAsync(Info, request, options, ComputeAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
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

    /// <summary>Computes the result.</summary>
    /// <param name="request">A request that fits <see cref="Info"/>; nothing in it is to be changed or disposed.</param>
    /// <param name="options">Settings for restorers inside this one, if there are any.</param>
    /// <param name="cancellationToken">Stops the work; to be looked at often enough that a user does not wait.</param>
    /// <returns>Pictures of the request's shape, not those of the request itself.</returns>
    protected abstract Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken);

    /// <summary>Frees what the restorer holds.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
