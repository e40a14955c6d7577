#!/usr/bin/env bash
# ImageSharp 2.1.13 neither reads nor writes the ICC profile of a PNG or WebP; that of a JPEG it keeps.
# Exits with another code than 0 if that changes. Needs bash and the .NET 10 SDK.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console --framework net10.0 --output . --name Finding --no-restore > /dev/null
dotnet add package SixLabors.ImageSharp --version 2.1.13 > /dev/null
cat > Program.cs << 'END'
using System.IO.Compression;
using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

// What a reader checks of a profile: size, colour spaces, date, signature.
byte[] profile = new byte[160];
(profile[3], profile[8], profile[24], profile[25], profile[27], profile[29]) = (160, 4, 3, 232, 1, 1);
"mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
"acsp"u8.CopyTo(profile.AsSpan(36));

bool Writes(IImageEncoder encoder)
{
    using var image = new Image<Rgb24>(4, 4);
    image.Metadata.IccProfile = new IccProfile(profile);
    var stream = new MemoryStream();
    image.Save(stream, encoder);
    return stream.ToArray().AsSpan().IndexOf("mntrRGB XYZ "u8) >= 0 || stream.ToArray().AsSpan().IndexOf("iCCP"u8) >= 0;
}

byte[] png = [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
    .. Chunk("iCCP", [.. "name"u8, 0, 0, .. Deflate(profile)]), .. Chunk("IDAT", Deflate([0, 7])), .. Chunk("IEND", [])];
using Image read = Image.Load(png);
bool jpeg = Writes(new JpegEncoder()), pngWrites = Writes(new PngEncoder()), webp = Writes(new WebpEncoder()), pngReads = read.Metadata.IccProfile is not null;
Console.WriteLine($"profile written: JPEG {jpeg}, PNG {pngWrites}, WebP {webp}; read from a PNG: {pngReads}");
Console.WriteLine("seen: profile written: JPEG True, PNG False, WebP False; read from a PNG: False");
return jpeg && !pngWrites && !webp && !pngReads ? 0 : 1;

static byte[] Chunk(string type, byte[] content)
{
    byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
    uint crc = uint.MaxValue;
    foreach (byte value in body)
    {
        crc ^= value;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
    }

    return [.. BigEndian((uint)content.Length), .. body, .. BigEndian(~crc)];
}

static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

static byte[] Deflate(byte[] data)
{
    var stream = new MemoryStream();
    using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
    {
        zlib.Write(data);
    }

    return stream.ToArray();
}
END
dotnet run --configuration Release
