namespace ImageRestoration.Photos;

/// <summary>What is known about formats without any codec: extensions, first bytes, limits.</summary>
public static class PhotoFormats
{
    /// <summary>How many of a file's first bytes <see cref="FromSignature"/> needs.</summary>
    public const int SignatureLength = 32;

    // Key: extension; the first one of a format is its usual one.
    private static readonly (string Extension, PhotoFormat Format)[] _extensions =
    [
        (".png", PhotoFormat.Png), (".jpg", PhotoFormat.Jpeg), (".jpeg", PhotoFormat.Jpeg), (".webp", PhotoFormat.Webp),
        (".tif", PhotoFormat.Tiff), (".tiff", PhotoFormat.Tiff), (".avif", PhotoFormat.Avif), (".heic", PhotoFormat.Heic),
        (".heif", PhotoFormat.Heic),
    ];

    /// <summary>Extensions of all formats, with their dot, in lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. _extensions.Select(pair => pair.Extension)];

    /// <summary>The format that a path's extension names.</summary>
    /// <param name="path">A path or name of a file.</param>
    /// <returns>The format, or <see langword="null"/> where the extension names none.</returns>
    public static PhotoFormat? FromExtension(string path)
    {
        string extension = Path.GetExtension(path);
        foreach ((string known, PhotoFormat format) in _extensions)
        {
            if (known.Equals(extension, StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The format that a file's first bytes say.</summary>
    /// <param name="start">The first bytes, <see cref="SignatureLength"/> of them where the file has so many.</param>
    /// <returns>The format, or <see langword="null"/> where it is none of them.</returns>
    public static PhotoFormat? FromSignature(ReadOnlySpan<byte> start) => start switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => PhotoFormat.Png,
        [0xFF, 0xD8, 0xFF, ..] => PhotoFormat.Jpeg,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => PhotoFormat.Webp,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => PhotoFormat.Tiff,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', (byte)'f' or (byte)'s', ..]
            => PhotoFormat.Avif,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h', (byte)'e', ..] => PhotoFormat.Heic,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'m', (byte)'i', (byte)'f', (byte)'1', ..]

            // Any coding: the brands behind the first say which.
            => start[..Math.Min(start.Length, SignatureLength)].IndexOf("avif"u8) > 0 ? PhotoFormat.Avif : PhotoFormat.Heic,
        _ => null,
    };

    /// <summary>The name that people know a format by.</summary>
    /// <param name="format">The format.</param>
    /// <returns>Such as <c>WebP</c>.</returns>
    public static string NameOf(PhotoFormat format) => format switch
    {
        PhotoFormat.Png => "PNG",
        PhotoFormat.Jpeg => "JPEG",
        PhotoFormat.Webp => "WebP",
        PhotoFormat.Tiff => "TIFF",
        PhotoFormat.Avif => "AVIF",
        PhotoFormat.Heic => "HEIC",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The format is one of "
            + $"{string.Join(", ", Enum.GetNames<PhotoFormat>())}."),
    };

    /// <summary>Whether a file of this format stores every value as it is given.</summary>
    internal static bool IsLossless(PhotoFormat format) => format is PhotoFormat.Png or PhotoFormat.Tiff;

    /// <summary>The extensions of a format.</summary>
    internal static IEnumerable<string> ExtensionsOf(PhotoFormat format)
        => _extensions.Where(pair => pair.Format == format).Select(pair => pair.Extension);

    /// <summary>Most columns and rows.</summary>
    internal static int MostPixelsOf(PhotoFormat format) => format switch
    {
        PhotoFormat.Jpeg => 65_535,
        PhotoFormat.Webp => 16_383,
        PhotoFormat.Avif or PhotoFormat.Heic => 65_536,
        _ => int.MaxValue,
    };

    /// <summary>The most bits per channel that a format stores of a picture of so many.</summary>
    internal static int BitsOf(PhotoFormat format, int bits) => format switch
    {
        PhotoFormat.Tiff => bits,
        PhotoFormat.Png or PhotoFormat.Avif or PhotoFormat.Heic => Math.Min(bits, 16),
        _ => 8,
    };
}
