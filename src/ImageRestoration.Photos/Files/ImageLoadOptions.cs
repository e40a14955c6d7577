namespace ImageRestoration.Photos;

/// <summary>Settings of reading an image file.</summary>
public sealed record ImageLoadOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static ImageLoadOptions Default { get; } = new();

    /// <summary>
    /// Largest number of pixels (width × height) that is decoded; the file's header is asked before any memory is reserved for pixels.
    /// </summary>
    /// <value>Default 250,000,000. At least 1.</value>
    public long MaximumPixels
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(value), value, $"{nameof(ImageLoadOptions)}.{nameof(MaximumPixels)} is at least 1.");
    } = 250_000_000;

    /// <summary>Whether the picture is turned upright as its EXIF orientation says. Otherwise pixels come as they are stored.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>
    /// Whether the transparency of a picture is left aside where a tensor of RGB or grey is asked for; the colours stay as they are stored.
    /// Otherwise such a picture is refused. <see cref="PhotoRestorer"/> keeps transparency and does not ask this.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool DiscardAlpha { get; init; }

    /// <summary>
    /// Whether the first picture of an animation or of a file with several pages is taken. Otherwise such a file is refused.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool FirstFrameOnly { get; init; }
}
