using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SixLabors.ImageSharp.Formats.Png.Chunks;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

public class PngEncoder : QuantizingImageEncoder
{
    // Signature and header chunk; the chunks of the metadata follow them.
    private const int HeaderEnd = 33;

    public PngBitDepth? BitDepth { get; init; }

    public PngColorType? ColorType { get; init; }

    public PngFilterMethod? FilterMethod { get; init; }

    public PngCompressionLevel CompressionLevel { get; init; } = PngCompressionLevel.DefaultCompression;

    public int TextCompressionThreshold { get; init; } = 1024;

    public float? Gamma { get; init; }

    public PngInterlaceMode? InterlaceMethod { get; init; }

    public PngChunkFilter? ChunkFilter { get; init; }

    private protected override IReadOnlyList<ReadOnlyMemory<byte>> EncodeCore<TPixel>(Image<TPixel> image)
    {
        PngMetadata metadata = image.Metadata.GetPngMetadata();
        PngColorType color = this.ColorType ?? metadata.ColorType ?? SuggestColorType<TPixel>();
        int depth = (int)(this.BitDepth ?? metadata.BitDepth ?? SuggestBitDepth<TPixel>());

        // Depths that the colour type does not have become 8, as in the official encoder.
        bool known = color switch
        {
            PngColorType.Grayscale => true,
            PngColorType.Palette => depth <= 8,
            _ => depth >= 8,
        };
        depth = known ? depth : 8;
        bool interlaced = (this.InterlaceMethod ?? metadata.InterlaceMethod) == PngInterlaceMode.Adam7;
        PngFilterMethod filter = this.FilterMethod
            ?? (color == PngColorType.Palette ? PngFilterMethod.None : PngFilterMethod.Paeth);
        byte[] pixels = (color, depth) switch
        {
            (PngColorType.Palette, _) => this.EncodePalette(image, depth, interlaced, filter),
            (PngColorType.Grayscale, 16) => this.Encode<TPixel, L16>(image, color, depth, interlaced, filter),
            (PngColorType.Grayscale, 8) => this.Encode<TPixel, L8>(image, color, depth, interlaced, filter),
            (PngColorType.Grayscale, _) => this.EncodeFewLevels(image, depth, interlaced, filter),
            (PngColorType.GrayscaleWithAlpha, 16) => this.Encode<TPixel, La32>(image, color, depth, interlaced, filter),
            (PngColorType.GrayscaleWithAlpha, _) => this.Encode<TPixel, La16>(image, color, depth, interlaced, filter),
            (PngColorType.Rgb, 16) => this.Encode<TPixel, Rgb48>(image, color, depth, interlaced, filter),
            (PngColorType.Rgb, _) => this.Encode<TPixel, Rgb24>(image, color, depth, interlaced, filter),
            (_, 16) => this.Encode<TPixel, Rgba64>(image, color, depth, interlaced, filter),
            _ => this.Encode<TPixel, Rgba32>(image, color, depth, interlaced, filter),
        };
        return [pixels.AsMemory(0, HeaderEnd), this.MetadataChunks(image.Metadata), pixels.AsMemory(HeaderEnd)];
    }

    private static PngColorType SuggestColorType<TPixel>()
        => default(TPixel) switch
        {
            L8 or L16 => PngColorType.Grayscale,
            La16 or La32 => PngColorType.GrayscaleWithAlpha,
            Rgb24 or Bgr24 or Rgb48 => PngColorType.Rgb,
            _ => PngColorType.RgbWithAlpha,
        };

    private static PngBitDepth SuggestBitDepth<TPixel>()
        => default(TPixel) is L16 or La32 or Rgb48 or Rgba64 ? PngBitDepth.Bit16 : PngBitDepth.Bit8;

    private byte[] Encode<TPixel, TFile>(
        Image<TPixel> image,
        PngColorType color,
        int depth,
        bool interlaced,
        PngFilterMethod filter)
        where TPixel : unmanaged, IPixel<TPixel>
        where TFile : unmanaged, IPixel<TFile>
    {
        if (typeof(TPixel) == typeof(TFile))
        {
            return this.EncodeSamples(
                MemoryMarshal.Cast<TPixel, TFile>(image.Frames.RootFrame.Pixels), image.Size, color, depth, interlaced, filter, [], []);
        }

        using Image<TFile> converted = image.CloneAs<TFile>();
        return this.EncodeSamples<TFile>(
            converted.Frames.RootFrame.Pixels, image.Size, color, depth, interlaced, filter, [], []);
    }

    private byte[] EncodeFewLevels<TPixel>(Image<TPixel> image, int depth, bool interlaced, PngFilterMethod filter)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<L8> converted = image.CloneAs<L8>();
        Span<L8> pixels = converted.Frames.RootFrame.Pixels;
        float scale = 255F / ((1 << depth) - 1);
        foreach (ref L8 pixel in pixels)
        {
            pixel.PackedValue = (byte)MathF.Round(pixel.PackedValue / scale);
        }

        return this.EncodeSamples<L8>(pixels, image.Size, PngColorType.Grayscale, depth, interlaced, filter, [], []);
    }

    // The official encoder quantises; this one writes palettes only where no quantisation is needed.
    private byte[] EncodePalette<TPixel>(Image<TPixel> image, int depth, bool interlaced, PngFilterMethod filter)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using Image<Rgba32> converted = image.CloneAs<Rgba32>();
        Span<Rgba32> pixels = converted.Frames.RootFrame.Pixels;
        Dictionary<Rgba32, byte> indices = [];
        byte[] samples = new byte[pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (!indices.TryGetValue(pixels[i], out byte index))
            {
                if (indices.Count == 1 << depth)
                {
                    throw new NotSupportedException(
                        $"The image has more than the {1 << depth} colours of a {depth}-bit palette, and this build of ImageSharp "
                        + "does not quantise. Choose another PngEncoder.ColorType.");
                }

                index = (byte)indices.Count;
                indices.Add(pixels[i], index);
            }

            samples[i] = index;
        }

        byte[] palette = new byte[indices.Count * 3];
        byte[] alpha = new byte[indices.Count];
        foreach ((Rgba32 colour, byte index) in indices)
        {
            palette[3 * index] = colour.R;
            palette[(3 * index) + 1] = colour.G;
            palette[(3 * index) + 2] = colour.B;
            alpha[index] = colour.A;
        }

        int translucent = Array.FindLastIndex(alpha, x => x != byte.MaxValue) + 1;
        return this.EncodeSamples<byte>(
            samples, image.Size, PngColorType.Palette, depth, interlaced, filter, palette, alpha.AsSpan(0, translucent));
    }

    private unsafe byte[] EncodeSamples<TFile>(
        ReadOnlySpan<TFile> pixels,
        Size size,
        PngColorType color,
        int depth,
        bool interlaced,
        PngFilterMethod filter,
        ReadOnlySpan<byte> palette,
        ReadOnlySpan<byte> alpha)
        where TFile : unmanaged
    {
        // libpng's flags: one bit a filter, starting with None at bit 3.
        int filters = filter == PngFilterMethod.Adaptive ? 0xF8 : 8 << (int)filter;
        fixed (TFile* source = pixels)
        {
            nuint stride = (nuint)size.Width * (nuint)sizeof(TFile);
            return Codecs.EncodePng(
                source, stride, size, (int)color, depth, interlaced, filters, (int)this.CompressionLevel, palette, alpha);
        }
    }

    private byte[] MetadataChunks(ImageMetadata metadata)
    {
        PngChunkFilter excluded = this.SkipMetadata ? PngChunkFilter.ExcludeAll : this.ChunkFilter ?? PngChunkFilter.None;
        PngMetadata pngMetadata = metadata.GetPngMetadata();
        using MemoryStream target = new();
        float gamma = this.Gamma ?? pngMetadata.Gamma;
        if (gamma > 0 && !excluded.HasFlag(PngChunkFilter.ExcludeGammaChunk))
        {
            byte[] value = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(value, (uint)(gamma * 100_000F));
            PngChunks.Write(target, PngChunks.Gamma, value);
        }

        if (metadata.IccProfile is { } profile && excluded != PngChunkFilter.ExcludeAll)
        {
            PngChunks.Write(
                target, PngChunks.ColorProfile, [.. "ICC Profile\0\0"u8, .. PngChunks.Compress(profile.ToByteArray())]);
        }

        if (!excluded.HasFlag(PngChunkFilter.ExcludePhysicalChunk))
        {
            PngChunks.Write(target, PngChunks.Physical, Physical(metadata));
        }

        if (metadata.ExifProfile?.ToByteArray() is { Length: > 0 } exif && !excluded.HasFlag(PngChunkFilter.ExcludeExifChunk))
        {
            PngChunks.Write(target, PngChunks.Exif, exif);
        }

        if (metadata.XmpProfile?.Data is { Length: > 0 } xmp && excluded != PngChunkFilter.ExcludeAll)
        {
            PngChunks.Write(target, PngChunks.InternationalText, [.. PngChunks.XmpKeyword, 0, 0, 0, 0, 0, .. xmp]);
        }

        if (!excluded.HasFlag(PngChunkFilter.ExcludeTextChunks))
        {
            foreach (PngTextData text in pngMetadata.TextData)
            {
                this.WriteText(target, text);
            }
        }

        return target.ToArray();
    }

    private static byte[] Physical(ImageMetadata metadata)
    {
        double scale = metadata.ResolutionUnits switch
        {
            PixelResolutionUnit.PixelsPerInch => 1 / 0.0254,
            PixelResolutionUnit.PixelsPerCentimeter => 100,
            _ => 1,
        };
        byte[] data = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(data, (uint)Math.Round(metadata.HorizontalResolution * scale));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), (uint)Math.Round(metadata.VerticalResolution * scale));
        data[8] = metadata.ResolutionUnits == PixelResolutionUnit.AspectRatio ? (byte)0 : (byte)1;
        return data;
    }

    private void WriteText(Stream target, PngTextData text)
    {
        byte[] keyword = Encoding.Latin1.GetBytes(text.Keyword);
        bool latin = text.Value.All(c => c <= 255);
        bool compressed = text.Value.Length > this.TextCompressionThreshold;
        if (!latin || !string.IsNullOrWhiteSpace(text.LanguageTag) || !string.IsNullOrWhiteSpace(text.TranslatedKeyword))
        {
            byte[] value = Encoding.UTF8.GetBytes(text.Value);
            PngChunks.Write(
                target,
                PngChunks.InternationalText,
                [
                    .. keyword, 0, compressed ? (byte)1 : (byte)0, 0,
                    .. Encoding.Latin1.GetBytes(text.LanguageTag), 0,
                    .. Encoding.UTF8.GetBytes(text.TranslatedKeyword), 0,
                    .. compressed ? PngChunks.Compress(value) : value,
                ]);
        }
        else
        {
            byte[] value = Encoding.Latin1.GetBytes(text.Value);
            PngChunks.Write(
                target,
                compressed ? PngChunks.CompressedText : PngChunks.Text,
                compressed ? [.. keyword, 0, 0, .. PngChunks.Compress(value)] : [.. keyword, 0, .. value]);
        }
    }
}
