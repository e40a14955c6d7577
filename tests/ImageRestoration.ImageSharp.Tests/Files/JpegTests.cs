using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;

namespace ImageRestoration.Tests.Files;

public sealed class JpegTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 2, 48, 32)]
    [InlineData(2, 2, 41, 27)]
    [InlineData(2, 1, 41, 9)]
    [InlineData(1, 2, 17, 43)]
    [InlineData(1, 1, 17, 11)]
    [InlineData(2, 2, 4, 40)]
    [InlineData(2, 2, 1, 1)]
    public async Task Load_HalvedChroma_IsSmoothed(int horizontal, int vertical, int width, int height)
    {
        // Neighbouring blocks are far apart, so that a wrong weight, neighbour or border is seen.
        static byte Chroma(int c, int row, int column) => (byte)(60 + (((row * 5) + (column * 3) + (c * 2)) % 7 * 24));
        foreach (byte? transform in new byte?[] { null, 1 })
        {
            string path = _folder.Write("picture.jpg", HandmadeJpeg.Write(width, height, horizontal, vertical, Chroma, transform));
            using ImageTensor image = await ImageFile.LoadAsync(path);

            (int chromaWidth, int chromaHeight) = ((width + horizontal - 1) / horizontal, (height + vertical - 1) / vertical);
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double cb = Smooth(0, x, y) - 128, cr = Smooth(1, x, y) - 128;
                    double[] expected = [128 + (1.402 * cr), 128 - (0.344136 * cb) - (0.714136 * cr), 128 + (1.772 * cb)];
                    for (int c = 0; c < 3; c++)
                    {
                        // libjpeg rounds chroma before it is weighted by up to 1.772, and the colour.
                        Assert.Equal(Math.Clamp(expected[c], 0, 255), image.Row(0, c, y)[x] * 255, 2.0);
                    }
                }
            }

            // A sample of chroma lies in the middle of its pixels; of a row of up to two, libjpeg repeats them.
            double Smooth(int c, int x, int y)
            {
                int ownX = x / horizontal, ownY = y / vertical;
                bool repeated = horizontal == 2 && chromaWidth <= 2;
                int nextX = horizontal == 1 || repeated ? ownX : Math.Clamp(x % 2 == 0 ? ownX - 1 : ownX + 1, 0, chromaWidth - 1);
                int nextY = vertical == 1 || repeated ? ownY : Math.Clamp(y % 2 == 0 ? ownY - 1 : ownY + 1, 0, chromaHeight - 1);
                return (0.75 * ((0.75 * At(ownX, ownY)) + (0.25 * At(nextX, ownY)))) + (0.25 * ((0.75 * At(ownX, nextY)) + (0.25 * At(nextX, nextY))));

                double At(int column, int row) => Chroma(c, row / 8, column / 8);
            }
        }
    }

    [Fact]
    public async Task Load_RgbComponents_StayWhatTheyAre()
    {
        string path = _folder.Write("picture.jpg", HandmadeJpeg.Write(16, 16, 2, 2, (c, _, _) => (byte)(40 + (100 * c)), adobeTransform: 0));
        using ImageTensor image = await ImageFile.LoadAsync(path);

        Assert.Equal([128, 40, 140], new[] { 0, 1, 2 }.Select(c => (int)Math.Round(image.Plane(0, c)[5] * 255)));
    }

    /// <summary>With chroma repeated, PSNR would be 0.17 to 0.98 dB lower on these photographs.</summary>
    [Fact]
    public async Task Load_PhotographsOfHalvedChroma_AreAsGoodAsLibjpegs()
    {
        const int quality = 90;
        foreach (string photograph in TestPictures.Photographs)
        {
            using ImageTensor original = await TestPictures.CropAsync(photograph, 301, 413);
            using (Image image = original.ToImage())
            {
                await image.SaveAsync(_folder["picture.jpg"], new JpegEncoder { Quality = quality, ColorType = JpegColorType.YCbCrRatio420 });
            }

            using ImageTensor file = await ImageFile.LoadAsync(_folder["picture.jpg"]);
            using ImageTensor simulated = original.Clone();
            new JpegCompression(quality, ChromaSubsampling.Ratio420).Apply(simulated, new SeededRandom(1));

            Assert.Equal(Psnr.Compute(original, simulated), Psnr.Compute(original, file), 0.1);
        }
    }

    [Theory]
    [InlineData(0xC9, "arithmetic")]
    [InlineData(0xCA, "arithmetic")]
    [InlineData(0xC3, "lossless")]
    [InlineData(0xC5, "hierarchical")]
    public async Task Load_KindsThatAreNotRead_AreRefusedWithTheReason(byte frame, string expected)
    {
        string path = _folder.Write("picture.jpg", HandmadeJpeg.Write(8, 8, 1, 1, (_, _, _) => 128, frame: frame));
        ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Huffman", exception.Message, StringComparison.Ordinal);
    }
}
