using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Degradation;

/// <summary>The simulated compression of photographs beside files that were really written and read.</summary>
public sealed class JpegCompressionTests
{
    /// <summary>Codecs differ in the last bit of their transforms and colours, so their results are near each other, not equal.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(40)]
    [InlineData(90)]
    public async Task Apply_Photographs_LoseWhatAFileLoses(int quality)
    {
        using var folder = new TemporaryFolder();
        string path = folder["compressed.jpg"];
        foreach (string photograph in TestPictures.Photographs)
        {
            using ImageTensor original = await CropAsync(photograph, 301, 413);
            await ImageFile.SaveAsync(original, path, new ImageSaveOptions { JpegQuality = quality });
            using ImageTensor file = await ImageFile.LoadAsync(path);
            using ImageTensor simulated = original.Clone();
            new JpegCompression(quality, ChromaSubsampling.Ratio444).Apply(simulated, new SeededRandom(1));

            Assert.Equal(Psnr.Compute(original, file), Psnr.Compute(original, simulated), 0.1);
            int near = 0;
            for (int i = 0; i < file.Span.Length; i++)
            {
                near += Math.Abs(file.Span[i] - simulated.Span[i]) < 2.5f / 255 ? 1 : 0;
            }

            Assert.InRange(near / (double)file.Span.Length, 0.95, 1);
        }
    }

    private static async Task<ImageTensor> CropAsync(string path, int height, int width)
    {
        using ImageTensor whole = await ImageFile.LoadAsync(path);
        ImageTensor crop = ImageTensor.CreateUninitialized(whole.Shape with { Height = height, Width = width });
        for (int c = 0; c < whole.Channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                whole.Row(0, c, y + 200).Slice(300, width).CopyTo(crop.Row(0, c, y));
            }
        }

        return crop;
    }
}
