namespace ImageRestoration.ImageSharp;

/// <summary>Settings of writing an image file.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static ImageSaveOptions Default { get; } = new();

    /// <summary>Bits per channel of a PNG or TIFF; a JPEG or WebP always has 8.</summary>
    /// <value>Default 8. Either 8 or 16.</value>
    public int BitsPerChannel
    {
        get;
        init => field = value is 8 or 16 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ImageSaveOptions)}.{nameof(BitsPerChannel)} is 8 or 16.");
    } = 8;

    /// <summary>Quality of a JPEG. Colours are stored at full resolution (4:4:4) at any quality.</summary>
    /// <value>Default 95. From 1 to 100.</value>
    public int JpegQuality
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ImageSaveOptions)}.{nameof(JpegQuality)} is from 1 to 100.");
    } = 95;

    /// <summary>
    /// Whether a WebP stores every value without loss. Where <see langword="null"/>, it does, unless a photograph is restored that was
    /// itself a lossy WebP.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public bool? WebpLossless { get; init; }

    /// <summary>Quality of a lossy WebP, which stores colours at half their resolution (4:2:0) at any quality.</summary>
    /// <value>Default 90. From 1 to 100.</value>
    public int WebpQuality
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ImageSaveOptions)}.{nameof(WebpQuality)} is from 1 to 100.");
    } = 90;
}
