namespace ImageRestoration;

/// <summary>An image holds values that no network or method can compute with, such as NaN.</summary>
/// <param name="message">What was wrong and the remedy.</param>
/// <param name="innerException">The cause.</param>
public sealed class TensorValueException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
