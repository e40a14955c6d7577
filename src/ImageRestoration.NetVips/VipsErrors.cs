using ImageRestoration.Photos;

namespace ImageRestoration.NetVips;

/// <summary>What is said where libvips is missing or fails.</summary>
internal static class VipsErrors
{
    private const string Remedy = "Copy or download the picture again, or save it as an ordinary PNG, JPEG, WebP or TIFF of grey or RGB.";

    internal static BackendUnavailableException NoLibrary(Exception inner)
        => new($"The native library libvips cannot be loaded ({inner.Message}). "
            + "Reference the package NetVips.Native 8.18 in the application, "
            + "or install libvips 8.14 or later where the system looks for libraries.", inner);

    /// <summary>Libvips reads a file, and finds it damaged or truncated.</summary>
    internal static ImageFileException Damaged(Exception inner)
        => new($"The file is truncated, corrupt or cannot be decoded: {OneLine(inner)}. {Remedy}", inner);

    internal static ImageFileException WrongChecksum() => new($"The file is corrupt: its compressed pixel data are damaged. {Remedy}");

    /// <summary>Libvips has no decoder for a file that may be whole.</summary>
    internal static UnsupportedImageException NoDecoder(PhotoFormat format, Exception inner)
        => new($"The file is {PhotoFormats.NameOf(format)}, which this libvips does not decode: {OneLine(inner)}. "
            + "NetVips.Native has no decoder of HEVC: install libvips with libheif and libde265, or save the picture in another format.");

    internal static UnsupportedImageException Kind(string interpretation, int bands, string format)
        => new(Invariant($"The file holds {bands} bands of type {format} with the meaning {interpretation}; read are grey and RGB ")
            + $"of 8 or 16 bits or 32-bit floating-point numbers, each with or without alpha. {Remedy}");

    internal static ImageFileException NotEncoded(PhotoFormat format, Exception inner)
        => new($"The picture cannot be encoded as {PhotoFormats.NameOf(format)}: {OneLine(inner)}. Save it as .png.", inner);

    internal static UnsupportedImageException NoRows(PhotoFormat format)
        => new($"Rows are read of TIFF and JPEG, and the file is {PhotoFormats.NameOf(format)}. Load it whole.");

    internal static ImageFileException SeveralPages(long pages)
        => new(Invariant($"The file has {pages} pages, and only the first would be read. Export the pages one by one, ")
            + $"or take the first with {nameof(RowSourceOptions)}.{nameof(RowSourceOptions.FirstFrameOnly)}.");

    internal static ImageFileException Cmyk()
        => new("The file has four colour components (CMYK), which cannot be shown as RGB without its colour profile. Convert it to RGB.");

    private static string OneLine(Exception exception)
    {
        string[] lines = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join("; ", lines.Distinct(StringComparer.Ordinal)).TrimEnd('.');
    }
}
