namespace ImageRestoration;

/// <summary>A backend failed while running: its native error is the inner exception.</summary>
public sealed class BackendException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public BackendException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public BackendException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
