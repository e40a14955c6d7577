namespace ImageRestoration.Tiling;

/// <summary>Bounds on what a file may ask for, so that a damaged or hostile one cannot exhaust memory or time.</summary>
public sealed record RowSourceOptions
{
    /// <summary>Largest number of pixels (width × height).</summary>
    /// <value>Default 4,294,967,296 (65,536²). At least 1.</value>
    public long MaximumPixels
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(RowSourceOptions)}.{nameof(MaximumPixels)} is at least 1.");
    } = 1L << 32;

    /// <summary>Largest number of columns: memory grows with it.</summary>
    /// <value>Default 262,144. At least 1.</value>
    public int MaximumWidth
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(RowSourceOptions)}.{nameof(MaximumWidth)} is at least 1.");
    } = 1 << 18;

    /// <summary>Most bytes of metadata in all.</summary>
    /// <value>Default 16 MiB. At least 0.</value>
    public int MaximumMetadataSize
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(RowSourceOptions)}.{nameof(MaximumMetadataSize)} is at least 0.");
    } = 16 << 20;

    internal void ThrowIfTooLarge(long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new ImageFileException($"The file says that its picture is {width}×{height} (width×height). It is damaged.");
        }

        if (width > MaximumWidth || height > int.MaxValue || width * height > MaximumPixels)
        {
            throw new ImageFileException($"The picture is {width}×{height} (width×height); at most {MaximumWidth} columns and {MaximumPixels} pixels are read. Raise {nameof(RowSourceOptions)}.{nameof(MaximumWidth)} or {nameof(MaximumPixels)} if you trust the file.");
        }
    }
}
