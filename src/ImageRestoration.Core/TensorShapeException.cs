namespace ImageRestoration;

/// <summary>An image, mask or latent does not have the shape that the network, restorer or metric takes.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public sealed class TensorShapeException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
