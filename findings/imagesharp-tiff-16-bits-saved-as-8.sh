#!/usr/bin/env bash
# ImageSharp 2.1.13 saves colour of 16 bits as a TIFF of 8 bits, whatever encoder settings there are, without an error.
# Exits with another code than 0 if that changes. Needs bash and the .NET 10 SDK.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
dotnet new console --framework net10.0 --output . --name Finding --no-restore > /dev/null
dotnet add package SixLabors.ImageSharp --version 2.1.13 > /dev/null
cat > Program.cs << 'END'
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Formats.Tiff;

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

foreach (TiffBitsPerPixel? depth in new TiffBitsPerPixel?[] { null, TiffBitsPerPixel.Bit48 })
{
    using var image = new Image<Rgb48>(1, 1) { [0, 0] = new Rgb48(0x1234, 0x5678, 0x9ABC) };
    var stream = new MemoryStream();
    image.Save(stream, new TiffEncoder { BitsPerPixel = depth });
    stream.Position = 0;
    using Image<Rgb48> again = Image.Load<Rgb48>(stream);
    string stored = again.Frames.RootFrame.Metadata.GetTiffMetadata().BitsPerPixel.ToString()!;
    Console.WriteLine($"asked for {depth?.ToString() ?? "nothing"}: 1234 5678 9ABC became {again[0, 0].R:X4} {again[0, 0].G:X4} {again[0, 0].B:X4}, {stored}");
    if ((again[0, 0].R, again[0, 0].G, again[0, 0].B) != (0x1212, 0x5656, 0x9A9A) || stored != "Bit24")
    {
        return 1;
    }
}

Console.WriteLine("seen: 1212 5656 9A9A, Bit24 in both cases");
return 0;
END
dotnet run --configuration Release
