using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

public sealed class JpegDecoder : ImageDecoder
{
    private JpegDecoder()
    {
    }

    public static JpegDecoder Instance { get; } = new();

    private protected override IImageFormat Format => JpegFormat.Instance;

    internal override Image DecodeBytes(DecoderOptions options, byte[] data, CancellationToken cancellationToken)
        => this.DecodeBytes<Rgb24>(options, data, cancellationToken);

    private protected override ImageInfo IdentifyCore(DecoderOptions options, byte[] data)
    {
        JpegFile file = new(data, options.SkipMetadata);
        file.Read(needScan: false);
        return new ImageInfo(new PixelTypeInfo(file.Components * 8), file.Size, file.Metadata);
    }

    private protected override Image<TPixel> DecodeCore<TPixel>(DecoderOptions options, byte[] data)
    {
        JpegFile file = new(data, options.SkipMetadata);
        file.Read(needScan: true);
        Image<TPixel> image = CreateImage<TPixel>(options.Configuration, file.Size, file.Metadata);
        try
        {
            switch (file.Components)
            {
                case 1:
                    Decode<L8, TPixel>(file, data, image);
                    break;
                case 3:
                    Decode<Rgb24, TPixel>(file, data, image);
                    break;
                default:
                    DecodeCmyk(file, data, image);
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

    private static void Decode<TFile, TPixel>(JpegFile file, byte[] data, Image<TPixel> image)
        where TFile : unmanaged, IPixel<TFile>
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (image is Image<TFile> same)
        {
            DecodeInto(file, data, same.Frames.RootFrame.Pixels);
            return;
        }

        using Image<TFile> decoded = CreateImage<TFile>(image.Configuration, file.Size, new Metadata.ImageMetadata());
        DecodeInto(file, data, decoded.Frames.RootFrame.Pixels);
        PixelRows.Convert<TFile, TPixel>(decoded.Frames.RootFrame.Pixels, image.Frames.RootFrame.Pixels);
    }

    // The four channels are borrowed for C, M, Y and K, which such files store inverted.
    private static void DecodeCmyk<TPixel>(JpegFile file, byte[] data, Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<Rgba32> decoded = CreateImage<Rgba32>(image.Configuration, file.Size, new Metadata.ImageMetadata());
        Span<Rgba32> pixels = decoded.Frames.RootFrame.Pixels;
        DecodeInto(file, data, pixels);
        foreach (ref Rgba32 pixel in pixels)
        {
            pixel = new Rgba32(Multiply(pixel.R, pixel.A), Multiply(pixel.G, pixel.A), Multiply(pixel.B, pixel.A));
        }

        PixelRows.Convert<Rgba32, TPixel>(pixels, image.Frames.RootFrame.Pixels);
    }

    private static byte Multiply(byte color, byte key) => (byte)(((color * key) + 127) / 255);

    private static unsafe void DecodeInto<T>(JpegFile file, byte[] data, Span<T> pixels)
        where T : unmanaged
    {
        fixed (T* target = pixels)
        {
            nuint stride = (nuint)file.Size.Width * (nuint)sizeof(T);
            int status = Codecs.DecodeJpeg(data, file.Size, sizeof(T), file.ColorSpace, target, stride, out string message);
            if (status != Codecs.Ok)
            {
                throw new InvalidImageContentException($"The JPEG image cannot be decoded: {message}.");
            }
        }
    }
}
