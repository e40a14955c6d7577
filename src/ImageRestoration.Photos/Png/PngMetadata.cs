using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Metadata as chunks of a PNG, which is also how rows of any format carry them. Reference: PNG specification (W3C), third edition,
/// section 11.3; XMP specification, part 3, section 1.1.5.
/// </summary>
internal static class PngMetadata
{
    private const string Profile = "iCCP";
    private const string Exif = "eXIf";
    private const string Density = "pHYs";
    private const string Text = "iTXt";

    /// <summary>IPTC has no chunk in PNG; rows carry it under this name, which no file has.</summary>
    internal const string IptcInRows = "iptc";

    private const int MostProfileBytes = 1 << 24;
    private const int MostNameBytes = 79;

    private static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp\0"u8;

    /// <summary>What chunks say.</summary>
    /// <exception cref="ImageFileException">The colour profile is damaged.</exception>
    internal static PhotoMetadata Parse(IEnumerable<MetadataChunk> chunks)
    {
        PhotoMetadata metadata = PhotoMetadata.None;
        List<MetadataChunk> others = [];
        foreach (MetadataChunk chunk in chunks)
        {
            ReadOnlySpan<byte> data = chunk.Data.Span;
            switch (chunk.Type)
            {
                case Profile:
                    metadata = metadata.Icc.IsEmpty ? metadata with { Icc = UnpackProfile(data) } : metadata;
                    break;
                case Exif:
                    metadata = metadata with { Exif = data.StartsWith("Exif\0\0"u8) ? chunk.Data[6..] : chunk.Data };
                    break;
                case IptcInRows:
                    metadata = metadata with { Iptc = chunk.Data };
                    break;
                case Density when data.Length == 9:
                    uint x = BinaryPrimitives.ReadUInt32BigEndian(data), y = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
                    PhotoResolutionUnit unit = data[8] == 1 ? PhotoResolutionUnit.Meter : PhotoResolutionUnit.None;
                    metadata = metadata with { Resolution = new PhotoResolution(x, y, unit) };
                    break;
                case Text when data.StartsWith(XmpKeyword):
                    metadata = metadata with { Xmp = UnpackXmp(data[XmpKeyword.Length..]) };
                    break;
                default:
                    others.Add(chunk);
                    break;
            }
        }

        return metadata with { PngChunks = others };
    }

    /// <summary>The chunks of metadata, in an order that a PNG takes.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="withIptc">Whether IPTC goes along, for rows that are no PNG.</param>
    internal static IReadOnlyList<MetadataChunk> ToChunks(PhotoMetadata metadata, bool withIptc = false)
    {
        // What says the colours' encoding stands first, code points before all.
        List<MetadataChunk> chunks = [.. metadata.PngChunks.Where(chunk => !PngChunks.MayFollowPixels(chunk.Type))];
        if (!metadata.Icc.IsEmpty)
        {
            int behindCodePoints = chunks.FindIndex(chunk => chunk.Type == "cICP") + 1;
            chunks.Insert(behindCodePoints, new MetadataChunk(Profile, PackProfile(metadata.Icc.Span)));
        }

        if (metadata.Resolution is { } resolution)
        {
            chunks.Add(new MetadataChunk(Density, Pack(resolution)));
        }

        if (!metadata.Exif.IsEmpty)
        {
            chunks.Add(new MetadataChunk(Exif, metadata.Exif));
        }

        if (!metadata.Xmp.IsEmpty)
        {
            // Not compressed; no language, no translated keyword.
            chunks.Add(new MetadataChunk(Text, (byte[])[.. XmpKeyword, 0, 0, 0, 0, .. metadata.Xmp.Span]));
        }

        if (withIptc && !metadata.Iptc.IsEmpty)
        {
            chunks.Add(new MetadataChunk(IptcInRows, metadata.Iptc));
        }

        return [.. chunks, .. metadata.PngChunks.Where(chunk => PngChunks.MayFollowPixels(chunk.Type))];
    }

    private static byte[] Pack(PhotoResolution resolution)
    {
        double scale = resolution.Unit switch
        {
            PhotoResolutionUnit.Inch => 1 / 0.0254,
            PhotoResolutionUnit.Centimeter => 100,
            _ => 1,
        };
        byte[] data = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(data, (uint)Math.Clamp(Math.Round(resolution.Horizontal * scale), 0, int.MaxValue));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), (uint)Math.Clamp(Math.Round(resolution.Vertical * scale), 0, int.MaxValue));
        data[8] = resolution.Unit == PhotoResolutionUnit.None ? (byte)0 : (byte)1;
        return data;
    }

    private static byte[] PackProfile(ReadOnlySpan<byte> profile)
    {
        using MemoryStream content = new();
        content.Write("ICC profile\0\0"u8);
        using (var deflated = new ZLibStream(content, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflated.Write(profile);
        }

        return content.ToArray();
    }

    private static byte[] UnpackProfile(ReadOnlySpan<byte> content)
    {
        int name = content.IndexOf((byte)0);
        if (name is >= 1 and <= MostNameBytes && name + 2 <= content.Length && content[name + 1] == 0)
        {
            byte[] profile = Inflate(content[(name + 2)..], "its colour profile");
            if (profile.Length > 0)
            {
                return profile;
            }
        }

        throw PngChunkReader.Corrupt("its colour profile is damaged");
    }

    private static byte[] UnpackXmp(ReadOnlySpan<byte> content)
    {
        // Whether it is compressed, how, language, translated keyword, text.
        bool compressed = content is [1, ..];
        content = content.Length >= 2 ? content[2..] : [];
        for (int strings = 0; strings < 2; strings++)
        {
            content = content[(content.IndexOf((byte)0) + 1)..];
        }

        return compressed ? Inflate(content, "its XMP packet") : content.ToArray();
    }

    private static byte[] Inflate(ReadOnlySpan<byte> packed, string what)
    {
        try
        {
            using var inflated = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            byte[] block = new byte[1 << 14];
            for (int count = inflated.Read(block); count > 0; count = inflated.Read(block))
            {
                unpacked.Write(block.AsSpan(0, count));
                if (unpacked.Length > MostProfileBytes)
                {
                    throw PngChunkReader.Corrupt($"{what} has more than {MostProfileBytes >> 20} MiB, which no picture needs");
                }
            }

            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            throw PngChunkReader.Corrupt($"{what} is damaged");
        }
    }
}
