namespace ImageRestoration;

/// <summary>Training cannot go on: the data set is unusable, the loss is not a number or a checkpoint does not fit.</summary>
public sealed class TrainingException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public TrainingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
