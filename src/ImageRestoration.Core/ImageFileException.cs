namespace ImageRestoration;

/// <summary>An image file cannot be read or written: damaged, truncated, of an unknown format or of a kind that is not supported.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public class ImageFileException(string message, Exception? innerException = null) : ImageRestorationException(message, innerException);
