using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;

namespace ImageRestoration.Tests.Networks.Architectures;

public sealed class PatchDiscriminatorTests
{
    private static readonly PatchDiscriminatorOptions OfYu = new() { TakesMask = true, Channels = [64, 128, 256, 256, 256, 256], StridedConvolutions = 6, KernelSize = 5 };

    [Fact]
    public void Create_Default_ScoresFirstAndThenGivesFeatures()
    {
        Network network = PatchDiscriminator.Create();

        Assert.False(network.TakesMask());
        Assert.Equal(["score", "features0", "features1", "features2", "features3"], network.Outputs.Select(o => o.Name));
        Assert.Equal([1, 64, 128, 256, 512], network.Outputs.Select(o => o.Channels));
        Assert.DoesNotContain(network.Layers, layer => layer is BatchNorm2dLayer || layer is ActivationLayer { Function: ActivationFunction.Sigmoid });

        // Sizes of pix2pix at 256×256, and the smallest picture that is judged.
        IReadOnlyDictionary<string, ImageShape> shapes = network.InferShapes(new ImageShape(2, 3, 256, 256));
        Assert.Equal(new ImageShape(2, 1, 30, 30), network.InferShape(new ImageShape(2, 3, 256, 256)));
        Assert.Equal([128, 64, 32, 31], network.Outputs.Skip(1).Select(o => shapes[o.Value].Height));
        Assert.Equal(ImageShape.Single(1, 1, 1), network.InferShape(ImageShape.Single(3, 24, 24)));
    }

    /// <summary>The patches of 70×70 that the paper names: counted from the 8 pixels that a score stands for.</summary>
    [Fact]
    public void ReceptiveField_Default_IsThePapers()
    {
        ReceptiveField field = PatchDiscriminator.Create().ReceptiveField;

        Assert.Equal(70, field.Top + 8 + field.Bottom);
        Assert.Equal(70, field.Left + 8 + field.Right);
    }

    [Fact]
    public void Create_OfYu_HalvesSixTimesAndTakesTheMask()
    {
        Network network = PatchDiscriminator.Create(OfYu);

        Assert.True(network.TakesMask());
        Assert.Equal(ImageShape.Single(1, 4, 3), network.InferShape(ImageShape.Single(3, 256, 192)));
        Assert.Equal(7, network.Outputs.Length);
    }

    [Fact]
    public void Create_BatchNorm_LeavesOutTheFirstAndTheScore()
    {
        Network network = PatchDiscriminator.Create(new PatchDiscriminatorOptions { BatchNorm = true, Channels = [4, 6, 8] });

        Assert.Equal(["norm1", "norm2"], network.Layers.OfType<BatchNorm2dLayer>().Select(layer => layer.Name));
        Assert.Equal(["conv0.bias", "score.bias"], network.Parameters.Where(p => p.Name.EndsWith("bias", StringComparison.Ordinal) && p.Fill is null).Select(p => p.Name));
    }

    [Fact]
    public void Create_InvalidSettings_AreReportedTogether()
    {
        string message = Assert.Throws<ArgumentException>(() => PatchDiscriminator.Create(new PatchDiscriminatorOptions { ImageChannels = 0, Channels = [1], StridedConvolutions = 2, KernelSize = 1 })).Message;

        Assert.All(["ImageChannels is 0", "StridedConvolutions is 2", "KernelSize is 1"], text => Assert.Contains(text, message, StringComparison.Ordinal));
    }
}
