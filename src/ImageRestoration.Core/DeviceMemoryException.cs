namespace ImageRestoration;

/// <summary>
/// A device has not the memory that the work needs. The message says what was tried and what would fit; nothing is lost but that work.
/// </summary>
public sealed class DeviceMemoryException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    public DeviceMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What was wrong, what was expected and the remedy.</param>
    /// <param name="innerException">The wrapped error, such as a native one.</param>
    public DeviceMemoryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
