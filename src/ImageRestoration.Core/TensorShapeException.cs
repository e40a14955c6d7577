namespace ImageRestoration;

/// <summary>An image, mask or latent does not have the shape that the network, restorer or metric takes.</summary>
public sealed class TensorShapeException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public TensorShapeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public TensorShapeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
