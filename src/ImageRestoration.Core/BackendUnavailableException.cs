namespace ImageRestoration;

/// <summary>A backend's native library is missing, of the wrong version or cannot be loaded on this machine.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public sealed class BackendUnavailableException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
