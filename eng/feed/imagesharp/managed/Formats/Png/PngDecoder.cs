using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

public sealed class PngDecoder : ImageDecoder
{
    private PngDecoder()
    {
    }

    public static PngDecoder Instance { get; } = new();

    private protected override IImageFormat Format => PngFormat.Instance;

    internal override Image DecodeBytes(DecoderOptions options, byte[] data, CancellationToken cancellationToken)
    {
        PngFile file = new(data, skipMetadata: true);
        file.Read(pixels: false);
        bool words = file.BitDepth == 16;
        return (file.DecodedChannels, words) switch
        {
            (1, false) => this.DecodeBytes<L8>(options, data, cancellationToken),
            (1, true) => this.DecodeBytes<L16>(options, data, cancellationToken),
            (2, false) => this.DecodeBytes<La16>(options, data, cancellationToken),
            (2, true) => this.DecodeBytes<La32>(options, data, cancellationToken),
            (3, false) => this.DecodeBytes<Rgb24>(options, data, cancellationToken),
            (3, true) => this.DecodeBytes<Rgb48>(options, data, cancellationToken),
            (_, false) => this.DecodeBytes<Rgba32>(options, data, cancellationToken),
            (_, true) => this.DecodeBytes<Rgba64>(options, data, cancellationToken),
        };
    }

    private protected override ImageInfo IdentifyCore(DecoderOptions options, byte[] data)
    {
        PngFile file = new(data, options.SkipMetadata);
        file.Read(pixels: false);
        return new ImageInfo(new PixelTypeInfo(file.BitsPerPixel), file.Size, file.Metadata);
    }

    private protected override Image<TPixel> DecodeCore<TPixel>(DecoderOptions options, byte[] data)
    {
        PngFile file = new(data, options.SkipMetadata);
        file.Read(pixels: true);
        Image<TPixel> image = CreateImage<TPixel>(options.Configuration, file.Size, file.Metadata);
        try
        {
            switch (file.DecodedChannels, file.BitDepth == 16)
            {
                case (1, false):
                    Decode<L8, TPixel>(file, image);
                    break;
                case (1, true):
                    Decode<L16, TPixel>(file, image);
                    break;
                case (2, false):
                    Decode<La16, TPixel>(file, image);
                    break;
                case (2, true):
                    Decode<La32, TPixel>(file, image);
                    break;
                case (3, false):
                    Decode<Rgb24, TPixel>(file, image);
                    break;
                case (3, true):
                    Decode<Rgb48, TPixel>(file, image);
                    break;
                case (_, false):
                    Decode<Rgba32, TPixel>(file, image);
                    break;
                case (_, true):
                    Decode<Rgba64, TPixel>(file, image);
                    break;
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }

        return image;
    }

    private static void Decode<TFile, TPixel>(PngFile file, Image<TPixel> image)
        where TFile : unmanaged, IPixel<TFile>
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (typeof(TFile) == typeof(TPixel))
        {
            DecodeInto(file, image.Frames.RootFrame.Pixels);
            return;
        }

        using Image<TFile> decoded = CreateImage<TFile>(image.Configuration, file.Size, new Metadata.ImageMetadata());
        DecodeInto(file, decoded.Frames.RootFrame.Pixels);
        PixelRows.Convert<TFile, TPixel>(decoded.Frames.RootFrame.Pixels, image.Frames.RootFrame.Pixels);
    }

    private static unsafe void DecodeInto<T>(PngFile file, Span<T> pixels)
        where T : unmanaged
    {
        nuint stride = (nuint)file.Size.Width * (nuint)sizeof(T);
        fixed (T* target = pixels)
        {
            int status = Codecs.DecodePng(
                file.PixelStream(),
                file.Size,
                file.DecodedChannels,
                file.BitDepth == 16 ? 16 : 8,
                target,
                stride,
                out string message);
            switch (status)
            {
                case Codecs.Ok:
                // As in the official decoder, a file may lack its last rows as long as no chunk is damaged.
                case Codecs.EndedEarly:
                    return;
                case Codecs.CorruptStream:
                    // The official decoder lets the exception of its inflate stream through.
                    throw new InvalidDataException($"The compressed pixel data is damaged: {message}.");
                default:
                    throw new InvalidImageContentException($"The PNG image cannot be decoded: {message}.");
            }
        }
    }
}
