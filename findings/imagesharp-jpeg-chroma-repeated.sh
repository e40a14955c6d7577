#!/usr/bin/env bash
# ImageSharp 2.1.13 repeats the halved chroma of a 4:2:0 JPEG, where libjpeg and libjpeg-turbo smooth it ("fancy upsampling", their default).
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

Console.WriteLine("SixLabors.ImageSharp " + System.Diagnostics.FileVersionInfo.GetVersionInfo(typeof(Image).Assembly.Location).ProductVersion);

// Two colours of equal luma, whose border is a border of blocks: what differs along a row is chroma alone.
using var image = new Image<Rgb24>(32, 32);
for (int i = 0; i < 32 * 32; i++)
{
    image[i % 32, i / 32] = i % 32 < 16 ? new Rgb24(180, 80, 80) : new Rgb24(80, 123, 123);
}

var stream = new MemoryStream();
image.Save(stream, new JpegEncoder { Quality = 100, ColorType = JpegColorType.YCbCrRatio420 });
stream.Position = 0;
using Image<Rgb24> decoded = Image.Load<Rgb24>(stream);
int[] red = [.. Enumerable.Range(12, 8).Select(x => (int)decoded[x, 8].R)];
Console.WriteLine($"red of columns 12 to 19: {string.Join(", ", red)}");
Console.WriteLine("seen: a step between two columns; the triangle filter would put columns 15 and 16 a quarter of the step (25) from their neighbours");
return Math.Abs(red[3] - red[0]) <= 3 && Math.Abs(red[4] - red[7]) <= 3 && red[3] - red[4] > 90 ? 0 : 1;
END
dotnet run --configuration Release
