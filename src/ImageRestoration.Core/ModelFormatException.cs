namespace ImageRestoration;

/// <summary>A model file is damaged, truncated, hostile or of another format than it claims.</summary>
public sealed class ModelFormatException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public ModelFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
