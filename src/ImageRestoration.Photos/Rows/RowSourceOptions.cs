namespace ImageRestoration.Photos;

/// <summary>Bounds on what a file may ask for, so that a damaged or hostile one cannot exhaust memory or time.</summary>
public sealed record RowSourceOptions
{
    /// <summary>Largest number of pixels (width × height).</summary>
    /// <value>Default 4,294,967,296 (65,536²). At least 1.</value>
    public long MaximumPixels
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(RowSourceOptions)}.{nameof(MaximumPixels)} is at least 1.");
    } = 1L << 32;

    /// <summary>Largest number of columns: memory grows with it.</summary>
    /// <value>Default 262,144. At least 1.</value>
    public int MaximumWidth
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(RowSourceOptions)}.{nameof(MaximumWidth)} is at least 1.");
    } = 1 << 18;

    /// <summary>Most bytes of metadata in all.</summary>
    /// <value>Default 16 MiB. At least 0.</value>
    public int MaximumMetadataSize
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(RowSourceOptions)}.{nameof(MaximumMetadataSize)} is at least 0.");
    } = 16 << 20;

    /// <summary>
    /// Whether the first picture of an animation or of a file with several pages is taken. Otherwise such a file is refused.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool FirstFrameOnly { get; init; }

    /// <summary>Throws where a picture is over a bound.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="ImageFileException">The picture has no pixels, or too many.</exception>
    public void ThrowIfTooLarge(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new ImageFileException(Invariant($"The file says that its picture is {width}×{height} (width×height). It is damaged."));
        }

        if (width > MaximumWidth || height > int.MaxValue || width * height > MaximumPixels)
        {
            throw RowErrors.TooLarge(width, height, this);
        }
    }
}
