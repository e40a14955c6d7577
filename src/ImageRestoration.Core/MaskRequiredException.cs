namespace ImageRestoration;

/// <summary>A network or method fills in missing pixels, and nothing says which are missing.</summary>
/// <param name="message">What asks for a mask, and how to give one.</param>
/// <param name="innerException">The cause.</param>
public sealed class MaskRequiredException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
