using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Files;

/// <summary>PNG files of Core, which are read and written row by row, and those of ImageSharp hold the same values.</summary>
public sealed class RowFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rows").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    public async Task Png_WrittenByEither_IsReadByTheOther(int channels, int bits)
    {
        using ImageTensor image = Picture(channels, 119, 83, bits == 8 ? 255 : 65535);
        string ours = Path.Combine(_folder, "ours.png"), theirs = Path.Combine(_folder, "theirs.png");
        await RowFile.WriteAsync(ours, new RowFormat(image.Width, image.Height, channels, bits), sink =>
        {
            sink.Write(image, 0, image.Height);
            return Task.CompletedTask;
        });
        await ImageFile.SaveAsync(image, theirs, new ImageSaveOptions { BitsPerChannel = bits });

        using ImageTensor read = await ImageFile.LoadAsync(ours);
        Assert.Equal(image.Span.ToArray(), read.Span.ToArray());
        using IRowSource source = RowFile.Open(theirs);
        Assert.Equal(bits, source.Format.Bits);
        using ImageTensor rows = ImageTensor.Create(image.Shape);
        source.Read(rows, 0, image.Height);
        Assert.Equal(image.Span.ToArray(), rows.Span.ToArray());
    }

    private static ImageTensor Picture(int channels, int height, int width, int maximum)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double value = 0.5 + (0.3 * Math.Sin((x * 0.09) + c)) + (((x / 20) + (y / 15)) % 2 == 0 ? 0.15 : -0.15);
                    image.Row(0, c, y)[x] = (float)Math.Round(value * maximum) / maximum;
                }
            }
        }

        return image;
    }
}
