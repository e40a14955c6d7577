namespace ImageRestoration.Quality;

/// <summary>The user asked for something that cannot be evaluated; the message says what and what to do.</summary>
internal sealed class QualityException : Exception
{
    public QualityException(string message)
        : base(message)
    {
    }

    public QualityException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
