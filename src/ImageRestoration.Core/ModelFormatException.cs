namespace ImageRestoration;

/// <summary>A model file is damaged, truncated, hostile or of another format than it claims.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public sealed class ModelFormatException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
