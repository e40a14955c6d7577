namespace ImageRestoration;

/// <summary>An image file cannot be read or written: damaged, truncated, of an unknown format or of a kind that is not supported.</summary>
public class ImageFileException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public ImageFileException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public ImageFileException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
