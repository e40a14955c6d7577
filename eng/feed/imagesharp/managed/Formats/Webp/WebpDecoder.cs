using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Webp;

public sealed class WebpDecoder : ImageDecoder
{
    private WebpDecoder()
    {
    }

    public static WebpDecoder Instance { get; } = new();

    private protected override IImageFormat Format => WebpFormat.Instance;

    internal override Image DecodeBytes(DecoderOptions options, byte[] data, CancellationToken cancellationToken)
        => this.DecodeBytes<Rgba32>(options, data, cancellationToken);

    private protected override ImageInfo IdentifyCore(DecoderOptions options, byte[] data)
    {
        WebpFile file = new(data, options.SkipMetadata);
        return new ImageInfo(new PixelTypeInfo(32), file.Size, file.Metadata);
    }

    private protected override Image<TPixel> DecodeCore<TPixel>(DecoderOptions options, byte[] data)
    {
        WebpFile file = new(data, options.SkipMetadata);
        Image<TPixel> image = CreateImage<TPixel>(options.Configuration, file.Size, file.Metadata);
        try
        {
            if (image is Image<Rgba32> same)
            {
                DecodeInto(file.Size, data, same.Frames.RootFrame.Pixels);
                return image;
            }

            using Image<Rgba32> decoded = CreateImage<Rgba32>(options.Configuration, file.Size, new Metadata.ImageMetadata());
            DecodeInto(file.Size, data, decoded.Frames.RootFrame.Pixels);
            PixelRows.Convert<Rgba32, TPixel>(decoded.Frames.RootFrame.Pixels, image.Frames.RootFrame.Pixels);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static unsafe void DecodeInto(Size size, byte[] data, Span<Rgba32> pixels)
    {
        fixed (Rgba32* target = pixels)
        {
            if (Codecs.DecodeWebp(data, size, target, out string message) != Codecs.Ok)
            {
                throw new ImageFormatException($"The WebP image cannot be decoded: {message}.");
            }
        }
    }
}
