#!/usr/bin/env bash
# ImageSharp 2.1.13 swaps the bytes of the transparent colour (tRNS) of a PNG with 16 bits: another colour becomes transparent.
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

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

// Grey 0102, 0201 and 0303; 0102 is transparent.
byte[] png = [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", [0, 0, 0, 3, 0, 0, 0, 1, 16, 0, 0, 0, 0]),
    .. Chunk("tRNS", [1, 2]), .. Chunk("IDAT", Deflate([0, 1, 2, 2, 1, 3, 3])), .. Chunk("IEND", [])];
using Image<La32> image = Image.Load<La32>(png);
int[] alpha = [image[0, 0].A, image[1, 0].A, image[2, 0].A];
Console.WriteLine($"alpha of 0102, 0201, 0303 where 0102 is transparent: {string.Join(", ", alpha)}");
Console.WriteLine("seen: alpha of 0102, 0201, 0303 where 0102 is transparent: 65535, 0, 65535");
return alpha is [65535, 0, 65535] ? 0 : 1;

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
