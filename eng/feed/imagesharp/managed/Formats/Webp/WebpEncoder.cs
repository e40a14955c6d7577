using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Webp;

public sealed class WebpEncoder : ImageEncoder
{
    public WebpFileFormatType? FileFormat { get; init; }

    public int Quality { get; init; } = 75;

    public WebpEncodingMethod Method { get; init; } = WebpEncodingMethod.Default;

    public WebpTransparentColorMode TransparentColorMode { get; init; } = WebpTransparentColorMode.Clear;

    private protected override IReadOnlyList<ReadOnlyMemory<byte>> EncodeCore<TPixel>(Image<TPixel> image)
    {
        WebpFileFormatType? known = image.Metadata.GetFormatMetadata(WebpFormat.Instance).FileFormat;
        bool lossless = (this.FileFormat ?? known) == WebpFileFormatType.Lossless;
        byte[] encoded;
        if (image is Image<Rgba32> same)
        {
            encoded = this.Encode(same, lossless);
        }
        else
        {
            using Image<Rgba32> converted = image.CloneAs<Rgba32>();
            encoded = this.Encode(converted, lossless);
        }

        return [this.SkipMetadata ? encoded : WebpFile.Wrap(encoded, image.Size, image.Metadata)];
    }

    private unsafe byte[] Encode(Image<Rgba32> image, bool lossless)
    {
        fixed (Rgba32* source = image.Frames.RootFrame.Pixels)
        {
            return Codecs.EncodeWebp(
                source, image.Size, lossless, this.Quality, (int)this.Method, this.TransparentColorMode == WebpTransparentColorMode.Preserve);
        }
    }
}
