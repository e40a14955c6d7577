namespace ImageRestoration.Tiling;

/// <summary>What rows are of.</summary>
public sealed record RowFormat
{
    /// <summary>Describes a picture.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGB and alpha).</param>
    /// <param name="bits">Bits for each value in the file: 8, 16, or 32 for floating-point numbers.</param>
    public RowFormat(int width, int height, int channels, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is < 1 or > 4)
        {
            throw TilingErrors.NoPicture(channels);
        }

        if (bits is not (8 or 16 or 32))
        {
            throw TilingErrors.WrongBits(bits);
        }

        Width = width;
        Height = height;
        Channels = channels;
        Bits = bits;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGB and alpha).</summary>
    public int Channels { get; }

    /// <summary>Bits for each value in the file: 8, 16, or 32 for floating point. Values of fewer bits are read exactly, as 8.</summary>
    public int Bits { get; }

    /// <summary>Whether the last channel is alpha.</summary>
    public bool HasAlpha => Channels is 2 or 4;

    /// <summary>Channels without alpha: 1 or 3.</summary>
    public int ColorChannels => HasAlpha ? Channels - 1 : Channels;

    /// <summary>
    /// Metadata that travels with the picture, named as PNG names it whatever the format of the file. A source adds what it finds behind
    /// the last row when that was read; a sink that shares the list writes it behind its last row.
    /// </summary>
    public IReadOnlyList<MetadataChunk> Metadata { get; init; } = [];
}
