namespace ImageRestoration;

/// <summary>A network or method fills in missing pixels, and nothing says which are missing.</summary>
public sealed class MaskRequiredException : ImageRestorationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What asks for a mask, and how to give one.</param>
    public MaskRequiredException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around its cause.</summary>
    /// <param name="message">What asks for a mask, and how to give one.</param>
    /// <param name="innerException">The cause.</param>
    public MaskRequiredException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
