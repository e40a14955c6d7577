namespace ImageRestoration.Photos;

/// <summary>Settings of <see cref="ImageFolderSource"/>.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>
    /// Channels that pictures are read with: 3 for RGB (grey pictures are repeated), 1 for grey (see <see cref="ConvertToGrey"/>).
    /// </summary>
    /// <value>Default 3.</value>
    public int Channels { get; init; } = 3;

    /// <summary>
    /// Whether colour pictures become their luminance (<see cref="Imaging.Luminance"/>) where <see cref="Channels"/> is 1. Otherwise they
    /// are skipped: a picture in colour among depth maps or scans is most often a mistake.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ConvertToGrey { get; init; }

    /// <summary>Pictures with fewer rows or columns are skipped.</summary>
    /// <value>Default 1.</value>
    public int MinimumSize { get; init; } = 1;

    /// <summary>
    /// Bytes of decoded pixels that are kept in memory at most. Where the pictures have more, three quarters hold the first of them for
    /// good, and the others are decoded when a patch is cut from them; what was used last is kept in the last quarter. That should be
    /// enough for twice as many pictures as a batch has patches, of one byte per channel and pixel (two for 16-bit files). Pictures that
    /// are just being decoded come on top, and the one used last is always kept.
    /// </summary>
    /// <value>Default <see langword="null"/>: half of the memory that the process may use.</value>
    public long? CacheBytes { get; init; }

    /// <summary>
    /// Whether every file is decoded once while loading, so that all that cannot be decoded are skipped. Otherwise, files that do not fit
    /// into <see cref="CacheBytes"/> are looked at without decoding their pixels: that finds missing and truncated data, damaged PNG data
    /// and files of another kind, but damage inside the compressed data of other formats stops training when the file's turn comes.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool Verify { get; init; }

    /// <summary>Files that are read at a time while loading. The result is the same whatever their number.</summary>
    /// <value>Default: the number of processors, at most 4.</value>
    public int Threads { get; init; } = Math.Min(4, Environment.ProcessorCount);

    internal long CacheLimit => CacheBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        if (Channels is not (1 or 3))
        {
            errors.Add(Invariant($"Channels is {Channels} and must be 1 (grey) or 3 (RGB)."));
        }

        if (ConvertToGrey && Channels != 1)
        {
            errors.Add(Invariant($"ConvertToGrey is set and Channels is {Channels}; set it to 1."));
        }

        if (MinimumSize < 1)
        {
            errors.Add(Invariant($"MinimumSize is {MinimumSize} and must be at least 1."));
        }

        if (CacheBytes < 0)
        {
            errors.Add(Invariant($"CacheBytes is {CacheBytes} and must be at least 0."));
        }

        if (Threads < 1)
        {
            errors.Add(Invariant($"Threads is {Threads} and must be at least 1."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"{nameof(ImageFolderOptions)}: " + string.Join(' ', errors), parameterName);
        }
    }
}
