using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;

namespace CustomStack.Tests;

public sealed class StackRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("custom-stack").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_APicture_EveryPairDenoisesAndHalvesEqualTheWhole()
    {
        string path = Path.Combine(_folder, "picture.png");
        using ImageTensor picture = Picture(3, 131, 170);
        await ImageFile.SaveAsync(picture, path);
        using var output = new StringWriter();

        (double noisy, double roundTrip, IReadOnlyList<StackResult> results) = await StackRun.RunAsync(path, output, CancellationToken.None);

        Dictionary<string, StackResult> byName = results.ToDictionary(result => result.Name);
        Assert.Equal([StackRun.Whole, StackRun.ManagedToOnnx, StackRun.OnnxToManaged, StackRun.HaarToOnnx, StackRun.HaarToManaged], results.Select(result => result.Name));
        Assert.Equal("Managed → OnnxRuntime", byName[StackRun.ManagedToOnnx].Info.Backend);
        Assert.All([StackRun.ManagedToOnnx, StackRun.OnnxToManaged], name => Assert.InRange(byName[name].Difference, 0, 1e-4));
        Assert.All([StackRun.HaarToOnnx, StackRun.HaarToManaged], name => Assert.True(byName[name].Psnr > noisy + 3, $"PSNR went from {noisy:0.00} to {byName[name].Psnr:0.00} dB with {name}; it should gain 3 dB."));
        Assert.True(byName[StackRun.Whole].Psnr > noisy + 6, $"PSNR went from {noisy:0.00} to {byName[StackRun.Whole].Psnr:0.00} dB; it should gain 6 dB.");
        Assert.Equal(byName[StackRun.HaarToOnnx].Psnr, byName[StackRun.HaarToManaged].Psnr, 1e-3);
        Assert.True(roundTrip > 120, $"The transform there and back differs from the picture by {roundTrip:0.0} dB; it should be rounding alone, above 120 dB.");
        Assert.Contains("170×131", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("refused. The decoder takes a latent tensor 'image: 3 channels at 1/1' and the encoder makes none of that name.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_GreyPicture_SaysWhy()
    {
        string path = Path.Combine(_folder, "grey.png");
        using ImageTensor picture = Picture(1, 16, 16);
        await ImageFile.SaveAsync(picture, path);

        Assert.Contains("is grey", (await Assert.ThrowsAsync<ImageFileException>(() => StackRun.RunAsync(path, TextWriter.Null, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EncodeAsync_FlatBlock_IsAllApproximation()
    {
        using var encoder = new HaarEncoder(shrink: false);
        using ImageTensor flat = ImageTensor.Create(ImageShape.Single(3, 8, 16));
        flat.Span.Fill(0.25f);

        using Latent latent = await encoder.EncodeAsync(flat);
        using ImageTensor sums = latent.CopyToHost(HaarEncoder.Approximation), details = latent.CopyToHost(HaarEncoder.Details(1));

        // Orthonormal: each level doubles what is constant.
        Assert.Equal(ImageShape.Single(3, 1, 2), sums.Shape);
        Assert.All(sums.Span.ToArray(), value => Assert.Equal(2f, value));
        Assert.All(details.Span.ToArray(), value => Assert.Equal(0f, value));
        await Assert.ThrowsAsync<TensorShapeException>(async () =>
        {
            using ImageTensor odd = ImageTensor.Create(ImageShape.Single(3, 8, 12));
            await encoder.EncodeAsync(odd);
        });
    }

    /// <summary>Smooth colours with edges.</summary>
    private static ImageTensor Picture(int channels, int height, int width)
    {
        ImageTensor picture = ImageTensor.Create(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    picture.Row(0, c, y)[x] = 0.5f + (0.25f * MathF.Sin((0.05f * x) + c)) + (((x / 40) + (y / 30)) % 2 == 0 ? 0.2f : -0.2f);
                }
            }
        }

        return picture;
    }
}
