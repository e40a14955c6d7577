namespace ImageRestoration;

/// <summary>A backend's native library is missing, of the wrong version or cannot be loaded on this machine.</summary>
public sealed class BackendUnavailableException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public BackendUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public BackendUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
