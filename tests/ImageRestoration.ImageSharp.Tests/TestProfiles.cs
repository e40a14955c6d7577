using System.Buffers.Binary;
using System.IO.Compression;
using SixLabors.ImageSharp;

namespace ImageRestoration.Tests;

/// <summary>Profiles with what readers check.</summary>
internal static class TestProfiles
{
    /// <summary>A colour profile: size, colour spaces, date and signature in its header.</summary>
    public static byte[] Icc()
    {
        byte[] profile = new byte[160];
        (profile[3], profile[8], profile[25], profile[27], profile[29]) = (160, 4, 232, 1, 1);
        profile[24] = 3;
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }

    /// <summary>The colour profile of a file. ImageSharp 2 does not read that of a PNG or WebP, so their chunks are looked at.</summary>
    public static byte[]? IccOf(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        switch (Path.GetExtension(path))
        {
            case ".png":
                int png = file.AsSpan().IndexOf("iCCP"u8);
                if (png < 0)
                {
                    return null;
                }

                ReadOnlySpan<byte> content = file.AsSpan(png + 4, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(png - 4)));
                using (var inflated = new ZLibStream(new MemoryStream(content[(content.IndexOf((byte)0) + 2)..].ToArray()), CompressionMode.Decompress))
                {
                    using MemoryStream profile = new();
                    inflated.CopyTo(profile);
                    return profile.ToArray();
                }

            case ".webp":
                int webp = file.AsSpan().IndexOf("ICCP"u8);
                return webp < 0 ? null : file.AsSpan(webp + 8, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(webp + 4))).ToArray();
            default:
                using (Image image = Image.Load(path))
                {
                    return (image.Metadata.IccProfile ?? image.Frames.RootFrame.Metadata.IccProfile)?.ToByteArray();
                }
        }
    }
}
