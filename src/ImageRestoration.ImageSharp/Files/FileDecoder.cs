using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Decodes a file that was looked at: by ImageSharp where nothing is lost so, else by readers of our own.</summary>
internal static class FileDecoder
{
    /// <summary>Decodes the first picture of a file, with its profiles.</summary>
    /// <param name="file">The file, which may be changed.</param>
    /// <param name="length">Its length.</param>
    /// <param name="facts">What it says of itself.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task<Image> DecodeAsync(byte[] file, int length, FileFacts facts, CancellationToken cancellationToken)
    {
        Image image = facts switch
        {
            { Png.NeedsOwnReader: true } => PngPassReader.Decode(file, length, facts, cancellationToken),
            { Jpeg.IsHalved: true } => await JpegChroma.DecodeAsync(file, length, facts, cancellationToken).ConfigureAwait(false),
            { Format: FileFormat.Tiff } => await TiffPage.DecodeAsync(file, length, facts, LoadAsync, cancellationToken).ConfigureAwait(false),
            { Format: FileFormat.Webp, Frames: > 1 } => await LoadFrameAsync(file, length, facts, cancellationToken).ConfigureAwait(false),
            _ => await LoadAsync(new MemoryStream(file, 0, length, writable: false), facts, cancellationToken).ConfigureAwait(false),
        };
        if (facts.Icc.Length > 0)
        {
            image.Metadata.IccProfile = new IccProfile(facts.Icc);
        }

        return image;
    }

    // Left to itself, the decoder makes RGB of a grey JPEG, RGBA of every WebP, and RGBA with 8 bits of every TIFF.
    private static async Task<Image> LoadAsync(Stream stream, FileFacts facts, CancellationToken cancellationToken)
        => (facts.Format, facts.IsGrey, facts.HasAlpha, facts.Bits) switch
        {
            (FileFormat.Png, _, _, _) => await Image.LoadAsync(stream, cancellationToken).ConfigureAwait(false),
            (_, true, _, 8) => await Image.LoadAsync<L8>(stream, cancellationToken).ConfigureAwait(false),
            (_, true, _, _) => await Image.LoadAsync<L16>(stream, cancellationToken).ConfigureAwait(false),
            (_, _, false, 8) => await Image.LoadAsync<Rgb24>(stream, cancellationToken).ConfigureAwait(false),
            (_, _, false, _) => await Image.LoadAsync<Rgb48>(stream, cancellationToken).ConfigureAwait(false),
            (_, _, true, 8) => await Image.LoadAsync<Rgba32>(stream, cancellationToken).ConfigureAwait(false),
            _ => await Image.LoadAsync<Rgba64>(stream, cancellationToken).ConfigureAwait(false),
        };

    /// <summary>Puts the first frame of an animated WebP onto its canvas, which is transparent elsewhere.</summary>
    private static async Task<Image> LoadFrameAsync(byte[] file, int length, FileFacts facts, CancellationToken cancellationToken)
    {
        byte[]? still = WebpContainer.FirstFrame(file.AsSpan(0, length), out Rectangle area);
        if (still is null || area.Right > facts.Width || area.Bottom > facts.Height)
        {
            throw new ImageFileException("Its first frame has no valid pixel data or lies outside it. Copy or download the picture again.");
        }

        using MemoryStream stream = new(still, writable: false);
        Image<Rgba32> frame = await Image.LoadAsync<Rgba32>(stream, cancellationToken).ConfigureAwait(false);
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
