namespace ImageRestoration.Restoration;

/// <summary>Restores pictures: a network on some backend, a classical method, or another restorer with something around it.</summary>
/// <remarks>Implementations of this library are thread-safe and re-entrant. A restorer may hold native memory: dispose it.</remarks>
public interface IRestorer : IDisposable
{
    /// <summary>Task, channels, backend and device.</summary>
    RestorerInfo Info { get; }

    /// <summary>Restores a batch of pictures.</summary>
    /// <param name="request">Pictures in [0, 1], and a mask where the task needs one.</param>
    /// <param name="options">Settings of this call; <see cref="RestorationOptions.Default"/> where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work; nothing is returned then.</param>
    /// <returns>The restored pictures; the caller disposes the result.</returns>
    /// <exception cref="TensorShapeException">The pictures do not have the channels that the restorer takes.</exception>
    /// <exception cref="MaskRequiredException">The task needs a mask and there is none.</exception>
    /// <exception cref="TensorValueException">A value is NaN or infinite.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Asks for something inside: the restorer of a type, below any that are around it, or what a backend computes with.</summary>
    /// <param name="serviceType">The type.</param>
    /// <param name="serviceKey">Tells several services of one type apart; <see langword="null"/> for those of this library.</param>
    /// <returns>The service, which stays the restorer's; <see langword="null"/> where there is none.</returns>
    object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }
}
