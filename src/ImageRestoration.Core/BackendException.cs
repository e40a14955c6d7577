namespace ImageRestoration;

/// <summary>A backend failed while running: its native error is the inner exception.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public sealed class BackendException(string message, Exception? innerException = null) : ImageRestorationException(message, innerException);
