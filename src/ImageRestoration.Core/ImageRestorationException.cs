namespace ImageRestoration;

/// <summary>Base of all errors of ImageRestoration with a cause outside the caller's code: files, models, backends, devices.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public class ImageRestorationException(string message, Exception? innerException = null) : Exception(message, innerException);
