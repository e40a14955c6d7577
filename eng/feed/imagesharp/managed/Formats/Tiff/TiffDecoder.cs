using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Tiff;

/// <summary>Reads grey and RGB of 8 and 16 bits, RGB also with alpha. As in the official decoder, profiles belong to the frame.</summary>
public class TiffDecoder : ImageDecoder
{
    private const ushort ImageWidth = 256;
    private const ushort ImageLength = 257;
    private const ushort BitsPerSample = 258;
    private const ushort Photometric = 262;
    private const ushort SamplesPerPixel = 277;
    private const ushort Xmp = 700;
    private const ushort Iptc = 33723;
    private const ushort Icc = 34675;

    private TiffDecoder()
    {
    }

    public static TiffDecoder Instance { get; } = new();

    private protected override IImageFormat Format => TiffFormat.Instance;

    // Whatever the file holds, the official decoder makes this of it unless it is told the pixel type.
    internal override Image DecodeBytes(DecoderOptions options, byte[] data, CancellationToken cancellationToken)
        => this.DecodeBytes<Rgba32>(options, data, cancellationToken);

    private protected override ImageInfo IdentifyCore(DecoderOptions options, byte[] data)
    {
        ExifProfile tags = new(data);
        int bits = (int)tags.Number(BitsPerSample, 1) * (int)tags.Number(SamplesPerPixel, 1);
        return new ImageInfo(new PixelTypeInfo(bits), SizeOf(tags), Metadata(tags));
    }

    private protected override Image<TPixel> DecodeCore<TPixel>(DecoderOptions options, byte[] data)
    {
        ExifProfile tags = new(data);
        Size size = SizeOf(tags);
        Image<TPixel> image = CreateImage<TPixel>(options.Configuration, size, Metadata(tags));
        try
        {
            ReadProfiles(image.Frames.RootFrame.Metadata, tags, options.SkipMetadata);
            switch (tags.Number(Photometric, 2), tags.Number(SamplesPerPixel, 1), tags.Number(BitsPerSample, 1))
            {
                case (0 or 1, 1, 8):
                    Decode<L8, TPixel>(data, 1, 8, image);
                    break;
                case (0 or 1, 1, 16):
                    Decode<L16, TPixel>(data, 1, 16, image);
                    break;
                case (2, 3, 8):
                    Decode<Rgb24, TPixel>(data, 3, 8, image);
                    break;
                case (2, 3, 16):
                    Decode<Rgb48, TPixel>(data, 3, 16, image);
                    break;
                case (2, 4, 8):
                    Decode<Rgba32, TPixel>(data, 4, 8, image);
                    break;
                case (2, 4, 16):
                    Decode<Rgba64, TPixel>(data, 4, 16, image);
                    break;
                default:
                    throw new NotSupportedException("This build of ImageSharp reads TIFF pictures of grey and RGB with 8 or 16 bits.");
            }
        }
        catch
        {
            image.Dispose();
            throw;
        }

        return image;
    }

    private static void ReadProfiles(ImageFrameMetadata metadata, ExifProfile tags, bool skip)
    {
        if (!skip)
        {
            metadata.ExifProfile = tags;
            metadata.XmpProfile = tags.Bytes(Xmp) is { } xmp ? new XmpProfile(xmp) : null;
            metadata.IptcProfile = tags.Bytes(Iptc) is { } iptc ? new IptcProfile(iptc) : null;
            metadata.IccProfile = tags.Bytes(Icc) is { } icc ? new IccProfile(icc) : null;
        }
    }

    private static Size SizeOf(ExifProfile tags)
    {
        uint width = tags.Number(ImageWidth, 0);
        uint height = tags.Number(ImageLength, 0);
        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
            ? new Size((int)width, (int)height)
            : throw new ImageFormatException("The TIFF image frame is missing the ImageWidth or the ImageLength");
    }

    private static ImageMetadata Metadata(ExifProfile tags)
    {
        ImageMetadata metadata = new();
        if (tags.TryGetValue(ExifTag.XResolution, out IExifValue<Rational>? x)
            && tags.TryGetValue(ExifTag.YResolution, out IExifValue<Rational>? y)
            && x.Value.Denominator != 0
            && y.Value.Denominator != 0)
        {
            // Exif: 1 no unit, 2 inch, 3 centimetre; our unit is one less.
            ushort unit = tags.TryGetValue(ExifTag.ResolutionUnit, out IExifValue<ushort>? value) ? value.Value : (ushort)2;
            metadata.HorizontalResolution = x.Value.ToDouble();
            metadata.VerticalResolution = y.Value.ToDouble();
            metadata.ResolutionUnits = (PixelResolutionUnit)(unit is >= 1 and <= 3 ? unit - 1 : 1);
        }

        return metadata;
    }

    private static void Decode<TFile, TPixel>(byte[] data, int channels, int depth, Image<TPixel> image)
        where TFile : unmanaged, IPixel<TFile>
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (image is Image<TFile> same)
        {
            DecodeInto(data, channels, depth, same);
            return;
        }

        using Image<TFile> decoded = CreateImage<TFile>(image.Configuration, image.Size, new ImageMetadata());
        DecodeInto(data, channels, depth, decoded);
        PixelRows.Convert<TFile, TPixel>(decoded.Frames.RootFrame.Pixels, image.Frames.RootFrame.Pixels);
    }

    private static unsafe void DecodeInto<T>(byte[] data, int channels, int depth, Image<T> image)
        where T : unmanaged, IPixel<T>
    {
        fixed (T* target = image.Frames.RootFrame.Pixels)
        {
            nuint stride = (nuint)image.Width * (nuint)sizeof(T);
            if (Codecs.DecodeTiff(data, image.Size, channels, depth, target, stride, out string message) != Codecs.Ok)
            {
                throw new ImageFormatException($"The TIFF image cannot be decoded: {message}.");
            }
        }
    }
}
