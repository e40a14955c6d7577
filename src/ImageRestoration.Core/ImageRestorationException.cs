namespace ImageRestoration;

/// <summary>
/// Base of every error that ImageRestoration raises for a cause outside the caller's code: files, models, backends, devices.
/// </summary>
public class ImageRestorationException : Exception
{
    /// <summary>Creates the exception with a message that says what to do.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public ImageRestorationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message that says what to do and the error it wraps.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public ImageRestorationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
