namespace ImageRestoration;

/// <summary>Training cannot go on: the data set is unusable, the loss is not a number or a checkpoint does not fit.</summary>
/// <param name="message">What was wrong, what was expected and the remedy.</param>
/// <param name="innerException">The wrapped error, such as a native one.</param>
public sealed class TrainingException(string message, Exception? innerException = null)
    : ImageRestorationException(message, innerException);
