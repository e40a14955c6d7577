#!/usr/bin/env bash
# ImageSharp 2.1.13 limits the values of a floating-point TIFF to [0, 1], without an error, in every pixel type.
# Exits with another code than 0 if that changes. Needs bash and the .NET 10 SDK.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console --framework net10.0 --output . --name Finding --no-restore > /dev/null
dotnet add package SixLabors.ImageSharp --version 2.1.13 > /dev/null
cat > Program.cs << 'END'
using System.Buffers.Binary;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

// Three grey pixels of 32 bits; one directory behind them.
float[] values = [-0.5f, 0.25f, 3.5f];
(ushort Tag, ushort Type, uint Value)[] tags = [(256, 4, 3), (257, 4, 1), (258, 3, 32), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 4, 1), (279, 4, 12), (339, 3, 3)];
byte[] tiff = new byte[20 + 2 + (12 * tags.Length) + 4];
"II"u8.CopyTo(tiff);
BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(2), 42);
BinaryPrimitives.WriteUInt32LittleEndian(tiff.AsSpan(4), 20);
for (int i = 0; i < values.Length; i++)
{
    BinaryPrimitives.WriteSingleLittleEndian(tiff.AsSpan(8 + (4 * i)), values[i]);
}

BinaryPrimitives.WriteUInt16LittleEndian(tiff.AsSpan(20), (ushort)tags.Length);
for (int i = 0; i < tags.Length; i++)
{
    Span<byte> entry = tiff.AsSpan(22 + (12 * i));
    BinaryPrimitives.WriteUInt16LittleEndian(entry, tags[i].Tag);
    BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], tags[i].Type);
    BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
    BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], tags[i].Value);
}

using Image<RgbaVector> image = Image.Load<RgbaVector>(tiff);
float[] read = [image[0, 0].R, image[1, 0].R, image[2, 0].R];
Console.WriteLine(FormattableString.Invariant($"-0.5, 0.25, 3.5 became {read[0]:F2}, {read[1]:F2}, {read[2]:F2}"));
Console.WriteLine("seen: -0.5, 0.25, 3.5 became 0.00, 0.25, 1.00");
return read[0] == 0 && Math.Abs(read[1] - 0.25f) < 0.001f && read[2] == 1 ? 0 : 1;
END
dotnet run --configuration Release
