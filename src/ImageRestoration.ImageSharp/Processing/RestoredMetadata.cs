using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Metadata;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Takes from an image what its file said about storage. An encoder without options of its own goes back to that: to the quality of the
/// source, its palette or its two colours, in which a restored picture is lost again.
/// </summary>
internal static class RestoredMetadata
{
    /// <summary>Leaves profiles, resolution and texts, and lets every encoder store what the pixels hold.</summary>
    internal static void Forget(Image image)
    {
        ImageMetadata metadata = image.Metadata;
        PixelLayout layout = PixelLayout.Of(image.Frames.RootFrame);
        ForgetJpeg(metadata.GetFormatMetadata(JpegFormat.Instance));
        ForgetPng(metadata.GetFormatMetadata(PngFormat.Instance));
        metadata.GetFormatMetadata(BmpFormat.Instance).BitsPerPixel = layout.HasAlpha ? BmpBitsPerPixel.Pixel32 : BmpBitsPerPixel.Pixel24;
        metadata.GetFormatMetadata(TgaFormat.Instance).BitsPerPixel = layout.HasAlpha ? TgaBitsPerPixel.Pixel32 : TgaBitsPerPixel.Pixel24;
        metadata.GetFormatMetadata(GifFormat.Instance).GlobalColorTableLength = 0;
        ForgetPbm(metadata.GetFormatMetadata(PbmFormat.Instance), layout.Bits == 16);
        foreach (ImageFrame frame in image.Frames)
        {
            ForgetTiff(frame.Metadata.GetFormatMetadata(TiffFormat.Instance));
            frame.Metadata.GetFormatMetadata(GifFormat.Instance).ColorTableLength = 0;
        }
    }

    private static void ForgetJpeg(JpegMetadata jpeg)
    {
        jpeg.Quality = Math.Max(jpeg.Quality, ImageSaveOptions.Default.JpegQuality);
        jpeg.ColorType = null;
    }

    private static void ForgetPng(PngMetadata png)
    {
        png.ColorType = null;
        png.BitDepth = null;
        png.InterlaceMethod = PngInterlaceMode.None;
        png.HasTransparency = false;
        png.TransparentL8 = null;
        png.TransparentL16 = null;
        png.TransparentRgb24 = null;
        png.TransparentRgb48 = null;
    }

    private static void ForgetPbm(PbmMetadata pbm, bool deep)
    {
        if (pbm.ColorType == PbmColorType.BlackAndWhite)
        {
            pbm.ColorType = PbmColorType.Grayscale;
        }

        pbm.ComponentType = deep ? PbmComponentType.Short : PbmComponentType.Byte;
    }

    private static void ForgetTiff(TiffFrameMetadata tiff)
    {
        tiff.BitsPerPixel = null;
        tiff.BitsPerSample = null;
        tiff.Compression = null;
        tiff.PhotometricInterpretation = null;
        tiff.Predictor = null;
    }
}
