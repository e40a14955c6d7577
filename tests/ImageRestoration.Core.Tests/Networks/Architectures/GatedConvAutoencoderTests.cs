using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks.Architectures;

public sealed class GatedConvAutoencoderTests
{
    [Theory]
    [InlineData(4, 8)]
    [InlineData(52, 36)]
    public void Create_AnyMultipleOfFour_KeepsTheSize(int height, int width)
    {
        Network network = GatedConvAutoencoder.Create();

        Assert.True(network.TakesMask());
        Assert.Equal(new Size2d(4, 4), network.SizeMultiple);
        Assert.Equal(ImageShape.Single(3, height, width), network.InferShape(ImageShape.Single(3, height, width)));
        Assert.Equal(ImageShape.Single(96, height / 4, width / 4), GatedConvAutoencoder.CreateEncoder().InferShape(ImageShape.Single(3, height, width)));
        Assert.False(network.ReceptiveField.IsGlobal);
    }

    /// <summary>Products of each gated convolution, counted twice for features and gates.</summary>
    [Fact]
    public void Create_Default_HasTheDocumentedCost()
    {
        double full = (25 * 4 * 24) + (9 * 48 * 24) + (9 * 24 * 12);
        double half = (9 * 24 * 48) + (9 * 48 * 48) + (9 * 96 * 48) + (9 * 48 * 48);
        double quarter = (9 * 48 * 96) + (8 * 9 * 96 * 96);
        double last = 9 * 12 * 3;

        Assert.Equal((2 * (full + (half / 4) + (quarter / 16))) + last, GatedConvAutoencoder.Create().MacsPerPixel, 1e-6);
    }

    [Fact]
    public void Create_SingleGates_CostsLittleMoreThanHalf()
    {
        double each = GatedConvAutoencoder.Create().MacsPerPixel, single = GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { SingleGates = true }).MacsPerPixel;

        Assert.InRange(single / each, 0.5, 0.55);
    }

    /// <summary>The widest dilation reaches 16 positions of four pixels on each side, so a gap of more than 100 pixels is seen across.</summary>
    [Fact]
    public void ReceptiveField_Default_SpansLargeGaps()
    {
        int with = GatedConvAutoencoder.Create().ReceptiveField.Radius, without = GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { Dilations = [] }).ReceptiveField.Radius;

        Assert.Equal((2 + 4 + 8 + 16) * 4, with - without);
        Assert.True(with > 100);
    }

    /// <summary>Why the recommended gain is 2: each gate is half open at first, and seventeen of them leave next to nothing of the signal.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Initialize_AsRecommended_KeepsTheSignal(bool singleGates)
    {
        Network network = GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { SingleGates = singleGates });
        var recommended = new WeightInitialization { Distribution = InitialDistribution.HeNormal, NegativeSlope = 0.2, Gain = 2 };

        Assert.InRange(Deviation(recommended), 0.1, 30);
        Assert.InRange(Deviation(recommended with { Gain = 1 }), 0, 1e-4);

        double Deviation(WeightInitialization initialization)
        {
            ImageShape shape = ImageShape.Single(3, 24, 24);
            using ImageTensor image = RandomNetworks.Picture(shape, 1), mask = ImageTensor.Create(shape with { Channels = 1 });
            var inputs = new Dictionary<string, ImageTensor> { ["image"] = image, ["mask"] = mask };
            using ImageTensor result = ReferenceEvaluator.Run(network, NetworkWeights.Initialize(network, new SeededRandom(1), initialization), inputs)["image"];
            return Math.Sqrt(result.Span.ToArray().Average(v => (double)v * v));
        }
    }

    [Fact]
    public void Create_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { ImageChannels = 0, Width = 7, Dilations = [0] })).Message;

        Assert.All(["ImageChannels is 0", "Width is 7; it must be even", "Dilations must list"], text => Assert.Contains(text, message, StringComparison.Ordinal));
    }
}
