namespace ImageRestoration.ImageSharp;

/// <summary>Settings of writing an image file.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static ImageSaveOptions Default { get; } = new();

    /// <summary>Quality of a JPEG. Colours are stored at full resolution (4:4:4) at any quality.</summary>
    /// <value>Default 95. From 1 to 100.</value>
    public int JpegQuality
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ImageSaveOptions)}.{nameof(JpegQuality)} is from 1 to 100.");
    } = 95;

    /// <summary>Bits per channel of a PNG; a JPEG always has 8.</summary>
    /// <value>Default 8. Either 8 or 16.</value>
    public int PngBitsPerChannel
    {
        get;
        init => field = value is 8 or 16 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ImageSaveOptions)}.{nameof(PngBitsPerChannel)} is 8 or 16.");
    } = 8;
}
