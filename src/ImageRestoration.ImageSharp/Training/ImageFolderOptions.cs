namespace ImageRestoration.ImageSharp;

/// <summary>Settings of <see cref="ImageFolderSource"/>.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>Channels that pictures are read with: 3 for RGB (grey pictures are repeated), 1 for grey (colour pictures are refused).</summary>
    /// <value>Default 3.</value>
    public int Channels { get; init; } = 3;

    /// <summary>Pictures with fewer rows or columns are skipped.</summary>
    /// <value>Default 1.</value>
    public int MinimumSize { get; init; } = 1;

    /// <summary>Bytes of decoded pixels that are kept in memory at most.</summary>
    /// <value>Default 8 GiB.</value>
    public long MaximumBytes { get; init; } = 8L << 30;
}
