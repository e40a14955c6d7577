namespace ImageRestoration;

/// <summary>An image holds values that no network or method can compute with, such as NaN.</summary>
public sealed class TensorValueException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong and the remedy.</param>
    public TensorValueException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong and the remedy.</param>
    /// <param name="innerException">The cause.</param>
    public TensorValueException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
