namespace ImageRestoration.Photos;

/// <summary>
/// Formats of photographs. Which of them can be read and written depends on the codecs: <see cref="IPhotoCodec.Formats"/>.
/// </summary>
public enum PhotoFormat
{
    /// <summary>Portable Network Graphics, without loss; 8 or 16 bits per channel.</summary>
    Png,

    /// <summary>JPEG, with loss; 8 bits per channel, no transparency.</summary>
    Jpeg,

    /// <summary>WebP, with or without loss; 8 bits per channel.</summary>
    Webp,

    /// <summary>TIFF and BigTIFF, without loss; 8 or 16 bits per channel, or 32 as floating-point numbers.</summary>
    Tiff,

    /// <summary>AV1 Image File Format, with loss; 8 to 12 bits per channel.</summary>
    Avif,

    /// <summary>HEIF with HEVC, with loss; 8 to 12 bits per channel.</summary>
    Heic,
}
