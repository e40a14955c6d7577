using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Decodes a file that was looked at: by ImageSharp where nothing is lost so, else with what makes up for it.</summary>
internal static class FileDecoder
{
    /// <summary>Decodes the first picture of a file, with its profiles.</summary>
    /// <param name="file">The file; not changed.</param>
    /// <param name="length">Its length.</param>
    /// <param name="facts">What it says of itself.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static Image Decode(byte[] file, int length, FileFacts facts, CancellationToken cancellationToken) => facts switch
    {
        { Jpeg.IsHalved: true } => JpegChroma.Decode(file, length, facts, cancellationToken),
        { Format: PhotoFormat.Tiff } => TiffPage.Decode(file, length, facts, Load),
        { Format: PhotoFormat.Webp, Frames: > 1 } => LoadFrame(file, length, facts),
        _ => Load(new MemoryStream(file, 0, length, writable: false), facts),
    };

    // Left to itself, the decoder makes RGB of a grey JPEG, RGBA of every WebP, and RGBA with 8 bits of every TIFF.
    private static Image Load(Stream stream, FileFacts facts) => (facts.IsGrey, facts.HasAlpha, facts.Bits) switch
    {
        (true, _, 8) => Image.Load<L8>(stream),
        (true, _, _) => Image.Load<L16>(stream),
        (_, false, 8) => Image.Load<Rgb24>(stream),
        (_, false, _) => Image.Load<Rgb48>(stream),
        (_, true, 8) => Image.Load<Rgba32>(stream),
        _ => Image.Load<Rgba64>(stream),
    };

    /// <summary>Puts the first frame of an animated WebP onto its canvas, which is transparent elsewhere.</summary>
    private static Image LoadFrame(byte[] file, int length, FileFacts facts)
    {
        byte[]? still = WebpContainer.FirstFrame(file.AsSpan(0, length), out Rectangle area);
        if (still is null || area.Right > facts.Width || area.Bottom > facts.Height)
        {
            throw new ImageFileException("Its first frame has no valid pixel data or lies outside it. Copy or download the picture again.");
        }

        using MemoryStream stream = new(still, writable: false);
        Image<Rgba32> frame = Image.Load<Rgba32>(stream);
        if ((area.Width, area.Height) == (facts.Width, facts.Height))
        {
            return frame;
        }

        using (frame)
        {
            var canvas = new Image<Rgba32>((int)facts.Width, (int)facts.Height);
            FileMetadata.Copy(frame.Metadata, canvas.Metadata);
            frame.ProcessPixelRows(canvas, (source, target) =>
            {
                for (int y = 0; y < source.Height; y++)
                {
                    source.GetRowSpan(y).CopyTo(target.GetRowSpan(area.Y + y)[area.X..]);
                }
            });
            return canvas;
        }
    }
}
