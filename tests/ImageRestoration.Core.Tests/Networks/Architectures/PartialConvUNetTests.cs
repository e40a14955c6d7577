using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks.Architectures;

public sealed class PartialConvUNetTests
{
    private static readonly PartialConvUNetOptions Small = new() { Channels = [4, 6, 8] };

    [Theory]
    [InlineData(32, 64)]
    [InlineData(96, 32)]
    public void Create_AnyMultiple_KeepsTheSize(int height, int width)
    {
        Network network = PartialConvUNet.Create();

        Assert.True(network.TakesMask());
        Assert.Equal(new Size2d(32, 32), network.SizeMultiple);
        Assert.Equal(ImageShape.Single(3, height, width), network.InferShape(ImageShape.Single(3, height, width)));
    }

    /// <summary>Table 2 of the paper at 512×512: eight levels down to 2×2, and convolutions of both features on the way up.</summary>
    [Fact]
    public void Create_AsInThePaper_HasItsParameters()
    {
        Network network = PartialConvUNet.Create(new PartialConvUNetOptions { Channels = [64, 128, 256, 512, 512, 512, 512, 512] });

        long down = (49L * 3 * 64) + (25 * 64 * 128) + (25 * 128 * 256) + (9 * 256 * 512) + (4 * 9 * 512 * 512);
        long up = (4L * 9 * 1024 * 512) + (9 * (512 + 256) * 256) + (9 * (256 + 128) * 128) + (9 * (128 + 64) * 64) + (9 * (64 + 3) * 3);
        long norms = 2L * (128 + 256 + (5 * 512) + (4 * 512) + 256 + 128 + 64), biases = 64 + 3;
        Assert.Equal(down + up + norms + biases, network.ParameterCount);
        Assert.Equal(ImageShape.Single(512, 2, 2), network.InferShapes(ImageShape.Single(3, 512, 512))["encoder.down8"]);
    }

    [Fact]
    public void Run_ValuesOfMissingPixels_ChangeNothing()
    {
        Network network = PartialConvUNet.Create(Small);
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(2));
        ImageShape shape = ImageShape.Single(3, 16, 24);
        using ImageTensor image = RandomNetworks.Picture(shape, 1), other = RandomNetworks.Picture(shape, 1), mask = ImageTensor.Create(shape with { Channels = 1 });
        for (int i = 0; i < mask.Span.Length; i++)
        {
            mask.Span[i] = (i / 24) is > 3 and < 12 && i % 24 > 5 ? 1 : 0;
            for (int c = 0; c < 3 && mask.Span[i] != 0; c++)
            {
                other.Plane(0, c)[i] = 9;
            }
        }

        using ImageTensor a = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["image"] = image, ["mask"] = mask })["image"];
        using ImageTensor b = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["image"] = other, ["mask"] = mask })["image"];

        Assert.Equal(a.Span, b.Span);
        Assert.Contains(a.Span.ToArray(), value => value != a.Span[0]);
    }

    [Fact]
    public void Create_WithoutBatchNorm_HasBiasesInstead()
    {
        Network network = PartialConvUNet.Create(Small with { BatchNorm = false });

        Assert.DoesNotContain(network.Layers, layer => layer is BatchNorm2dLayer);
        Assert.Equal(6, network.Parameters.Count(p => p.Name.EndsWith(".shift.bias", StringComparison.Ordinal)));
    }

    [Fact]
    public void Create_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => PartialConvUNet.Create(new PartialConvUNetOptions { ImageChannels = 0, Channels = [1, 0, 2] })).Message;

        Assert.All(["ImageChannels is 0", "Channels[1] is 0"], text => Assert.Contains(text, message, StringComparison.Ordinal));
        Assert.Contains("Channels lists 9 convolutions", Assert.Throws<ArgumentException>(() => PartialConvUNet.Create(new PartialConvUNetOptions { Channels = [1, 1, 1, 1, 1, 1, 1, 1, 1] })).Message, StringComparison.Ordinal);
    }
}
