#!/usr/bin/env bash
# libvips 8.18.7 reads a TIFF whose Deflate data are damaged, and whose checksum therefore is wrong, without an error even with fail_on=warning,
# where the damaged codes are still codes: it is done when the strip is full, before the checksum. (Of stored data it compares the checksum.)
# Exits with another code than 0 if that changes. Needs bash and the .NET 10 SDK.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console --framework net10.0 --output . --name Finding --no-restore > /dev/null
dotnet add package NetVips --version 3.2.0 > /dev/null
dotnet add package NetVips.Native --version 8.18.7 > /dev/null
cat > Program.cs << 'END'
using System.IO.Compression;
using NetVips;

Console.WriteLine($"libvips {NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}");

// Noise of few values becomes codes without repetitions: other bits are other values, and at the end the checksum tells.
var random = new Random(1);
byte[] pixels = [.. Enumerable.Range(0, 64 * 64).Select(_ => (byte)random.Next(200))];
var packed = new MemoryStream();
using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
{
    zlib.Write(pixels);
}

byte[] strip = packed.ToArray();
strip.AsSpan(strip.Length / 3, 40).Clear();
bool noticed = false;
try
{
    using var inflated = new ZLibStream(new MemoryStream(strip), CompressionMode.Decompress);
    inflated.CopyTo(Stream.Null);
}
catch (InvalidDataException)
{
    noticed = true;
}

// A TIFF of one strip: header, strip, directory.
var file = new MemoryStream();
var writer = new BinaryWriter(file);
writer.Write("II*\0"u8);
writer.Write(8 + strip.Length + (strip.Length & 1));
writer.Write(strip);
writer.Write(new byte[strip.Length & 1]);
(ushort Tag, int Value)[] entries = [(256, 64), (257, 64), (258, 8), (259, 8), (262, 1), (273, 8), (277, 1), (278, 64), (279, strip.Length)];
writer.Write((ushort)entries.Length);
foreach ((ushort tag, int value) in entries)
{
    writer.Write(tag);
    writer.Write((ushort)4);
    writer.Write(1);
    writer.Write(value);
}

writer.Write(0);
using Image image = Image.NewFromBuffer(file.ToArray(), failOn: Enums.FailOn.Warning);
byte[] read = image.WriteToMemory<byte>();
int different = read.Zip(pixels).Count(pair => pair.First != pair.Second);
Console.WriteLine($".NET's zlib notices the damage: {noticed}; libvips reads without an error, and {different} of {pixels.Length} values differ");
return noticed && different > 0 ? 0 : 1;
END
dotnet run --configuration Release
