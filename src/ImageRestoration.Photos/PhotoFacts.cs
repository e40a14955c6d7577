namespace ImageRestoration.Photos;

/// <summary>What the headers of a file say, before pixels are decoded.</summary>
/// <param name="Format">Kind of file.</param>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
public sealed record PhotoFacts(PhotoFormat Format, long Width, long Height)
{
    /// <summary>What the channels beside alpha are.</summary>
    public PhotoColor Color { get; init; } = PhotoColor.Rgb;

    /// <summary>Bits per channel: 8, 16, or 32 for floating-point numbers. Fewer count as the next of these.</summary>
    public int Bits { get; init; } = 8;

    /// <summary>Whether there may be an alpha channel.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Number of pictures in the file: frames of an animation, or pages.</summary>
    public long Frames { get; init; } = 1;

    /// <summary>Whether values are stored without loss.</summary>
    public bool IsLossless { get; init; } = true;
}
