#!/usr/bin/env bash
# ImageSharp 2.1.13 saves an image without options in the JPEG quality and with the PNG palette of the file it was loaded from, whatever its pixels are now.
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
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

static Image<Rgb24> Reload(Image image, Action<Image, Stream> save)
{
    var stream = new MemoryStream();
    save(image, stream);
    stream.Position = 0;
    return Image.Load<Rgb24>(stream);
}

static void Paint(Image<Rgb24> image)
{
    for (int i = 0; i < image.Width * image.Height; i++)
    {
        image[i % image.Width, i / image.Width] = new Rgb24((byte)i, (byte)(i * 7), (byte)(i * 13));
    }
}

static int Colors(Image<Rgb24> image) => Enumerable.Range(0, image.Width * image.Height).Select(i => image[i % image.Width, i / image.Width]).Distinct().Count();

using var start = new Image<Rgb24>(16, 16);
using Image<Rgb24> poor = Reload(start, (image, stream) => image.Save(stream, new JpegEncoder { Quality = 30 }));
using Image<Rgb24> again = Reload(poor, (image, stream) => image.SaveAsJpeg(stream));
using Image<Rgb24> palette = Reload(start, (image, stream) => image.Save(stream, new PngEncoder { ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit1 }));
Paint(palette);
using Image<Rgb24> saved = Reload(palette, (image, stream) => image.SaveAsPng(stream));
int quality = again.Metadata.GetJpegMetadata().Quality, before = Colors(palette), after = Colors(saved);
Console.WriteLine($"JPEG of quality 30, saved again: quality {quality}; PNG of a palette, painted with {before} colours and saved: {after} colours");
Console.WriteLine("seen: JPEG of quality 30, saved again: quality 30; PNG of a palette, painted with 256 colours and saved: 2 colours");
return quality == 30 && before == 256 && after <= 2 ? 0 : 1;
END
dotnet run --configuration Release
