#!/usr/bin/env bash
# ImageSharp 2.1.13 gives a lossless WebP with EXIF and XMP a RIFF length beyond the file's end (by 18 bytes).
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
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

static int Excess(WebpFileFormatType format)
{
    using var image = new Image<Rgb24>(16, 8, new Rgb24(90, 60, 30));
    image.Metadata.XmpProfile = new XmpProfile("<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>"u8.ToArray());
    image.Metadata.ExifProfile = new ExifProfile();
    image.Metadata.ExifProfile.SetValue(ExifTag.Artist, "somebody");
    var stream = new MemoryStream();
    image.Save(stream, new WebpEncoder { FileFormat = format });
    byte[] file = stream.ToArray();
    return BitConverter.ToInt32(file, 4) + 8 - file.Length;
}

(int lossless, int lossy) = (Excess(WebpFileFormatType.Lossless), Excess(WebpFileFormatType.Lossy));
Console.WriteLine($"bytes that the header says beyond the end: lossless {lossless}, lossy {lossy}");
Console.WriteLine("seen: bytes that the header says beyond the end: lossless 18, lossy 0");
return lossless == 18 && lossy == 0 ? 0 : 1;
END
dotnet run --configuration Release
