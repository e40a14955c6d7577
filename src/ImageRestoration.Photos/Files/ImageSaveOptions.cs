namespace ImageRestoration.Photos;

/// <summary>Settings of writing an image file.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static ImageSaveOptions Default { get; } = new();

    /// <summary>
    /// Bits per channel, or 32 for floating-point numbers, where the format has so many: a TIFF has all, a PNG or AVIF up to 16 (an AVIF
    /// rounds to 12), a JPEG or WebP 8. A restored photograph has at least its own.
    /// </summary>
    /// <value>Default 8. One of 8, 16 and 32.</value>
    public int BitsPerChannel
    {
        get;
        init => field = value is 8 or 16 or 32 ? value : throw OutOfRange(value, nameof(BitsPerChannel), "8, 16 or 32");
    } = 8;

    /// <summary>How hard to look for a smaller PNG, as zlib counts it; the pixels are the same.</summary>
    /// <value>Default 2. From 0 (not at all) to 9.</value>
    public int PngCompressionLevel
    {
        get;
        init => field = value is >= 0 and <= 9 ? value : throw OutOfRange(value, nameof(PngCompressionLevel), "from 0 to 9");
    } = 2;

    /// <summary>Quality of a JPEG. Colours are stored at full resolution (4:4:4) at any quality.</summary>
    /// <value>Default 95. From 1 to 100.</value>
    public int JpegQuality
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw OutOfRange(value, nameof(JpegQuality), "from 1 to 100");
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
        init => field = value is >= 1 and <= 100 ? value : throw OutOfRange(value, nameof(WebpQuality), "from 1 to 100");
    } = 90;

    /// <summary>Quality of an AVIF or HEIC, which stores colours at half their resolution (4:2:0) below 90.</summary>
    /// <value>Default 80. From 1 to 100.</value>
    public int HeifQuality
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw OutOfRange(value, nameof(HeifQuality), "from 1 to 100");
    } = 80;

    private static ArgumentOutOfRangeException OutOfRange(int value, string property, string range)
        => new(nameof(value), value, $"{nameof(ImageSaveOptions)}.{property} is {range}.");
}
