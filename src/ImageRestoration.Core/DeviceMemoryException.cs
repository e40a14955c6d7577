namespace ImageRestoration;

/// <summary>A device has too little memory for the work. The message says what was tried and would fit; only that work is lost.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public sealed class DeviceMemoryException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
