namespace ImageRestoration.Photos;

/// <summary>A file is whole, but of a kind that a codec does not decode or encode; another codec may.</summary>
public sealed class UnsupportedImageException : ImageFileException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What kind of file it is, and the remedy.</param>
    /// <param name="supportedBy">Name of the package whose codec takes such files, or <see langword="null"/> where none does.</param>
    public UnsupportedImageException(string message, string? supportedBy = null)
        : base(message)
        => SupportedBy = supportedBy;

    /// <summary>Name of the package whose codec takes such files, or <see langword="null"/> where none does.</summary>
    public string? SupportedBy { get; }
}
