using System.Collections.Immutable;

namespace ImageRestoration.Photos;

/// <summary>What a codec can do with one format. docs/files.md shows all of them in a table.</summary>
/// <param name="Format">The format.</param>
public sealed record PhotoCodecFormat(PhotoFormat Format)
{
    /// <summary>
    /// Depths that are read, in bits per channel: 8, 16, or 32 for floating-point numbers. Empty where the format is not read.
    /// </summary>
    public ImmutableArray<int> ReadBits { get; init; } = [];

    /// <summary>Depths that are written; empty where the format is not written.</summary>
    public ImmutableArray<int> WriteBits { get; init; } = [];

    /// <summary>Whether transparency is read and written.</summary>
    public bool Alpha { get; init; }

    /// <summary>Whether a grey picture is stored with one channel, so that it comes back grey.</summary>
    public bool Grey { get; init; } = true;

    /// <summary>Whether ICC profiles are read and written.</summary>
    public bool Icc { get; init; }

    /// <summary>Whether EXIF is read and written.</summary>
    public bool Exif { get; init; }

    /// <summary>Whether XMP is read and written.</summary>
    public bool Xmp { get; init; }

    /// <summary>Whether files are opened row by row, without ever holding the picture.</summary>
    public bool ReadsRows { get; init; }

    /// <summary>Whether files are written row by row.</summary>
    public bool WritesRows { get; init; }
}
