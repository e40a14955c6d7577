using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>What is said where rows of a file cannot be read or written.</summary>
internal static class RowErrors
{
    private const string RowFormats = "PNG, binary portable graymaps and pixmaps (P5, P6)";

    internal static ImageFileException Animated()
        => new("The PNG is animated, and only its first frame would be read. Save that frame as a picture of its own.");

    internal static ImageFileException Interlaced()
        => new("The PNG is interlaced: its rows come in seven passes over the whole picture and cannot be read from top to bottom. "
            + $"Load it whole, such as with {nameof(PhotoFiles)}, or save it without interlacing.");

    internal static ImageFileException NoRows()
        => new($"The file is none of the formats that are read row by row: {RowFormats}, and those of a codec that is passed, "
            + "such as NetVipsCodec. "
            + $"Load it whole, such as with {nameof(PhotoFiles)}.");

    internal static ImageFileException NoRowFormat(string path, IEnumerable<string> extensions)
        => new($"'{path}' has the extension '{Path.GetExtension(path)}'; files are written row by row as {string.Join(", ", extensions)}.");

    internal static ImageFileException MetadataTooLarge(string type, int length, int most)
        => new(Invariant($"Chunk {type} has {length} bytes; at most {most} are read. ")
            + $"Raise {nameof(RowSourceOptions)}.{nameof(RowSourceOptions.MaximumMetadataSize)} if you trust the file.");

    internal static ImageFileException TooLarge(long width, long height, RowSourceOptions options)
        => new(Invariant($"The picture is {width}×{height} (width×height); ")
            + Invariant($"at most {options.MaximumWidth} columns and {options.MaximumPixels} pixels are read. ")
            + $"Raise {nameof(RowSourceOptions)}.{nameof(RowSourceOptions.MaximumWidth)} or {nameof(RowSourceOptions.MaximumPixels)} if "
            + "you trust the file.");

    internal static ImageFileException NotANumber(int row, int channel)
        => new(Invariant($"Row {row}, channel {channel} holds a value that is not a number, which no picture can store. ")
            + "Look for the step that made it, such as a division by zero or a network whose training diverged.");

    internal static ImageFileException TooDeep(RowFormat format, string kind)
        => new(Invariant($"The picture has {format.Bits} bits per channel, and a {kind} stores 8 or 16. ")
            + "Write a TIFF, or round the picture to 16 bits.");
}
