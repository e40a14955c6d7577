namespace ImageRestoration.ImageSharp;

/// <summary>Kinds of image files that are read and written.</summary>
internal enum FileFormat
{
    Png,
    Jpeg,
    Webp,
    Tiff,
}
