using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests;

/// <summary>Numbers in messages, and names made of numbers, are written the same way in every culture.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Messages_WrongOptionsInEveryCulture_SayTheSame()
    {
        AssertSame(() => new RestorationOptions { Strength = -1.5f }, "Strength is -1.5;");
        AssertSame(() => UNet.Create(new UNetOptions { ImageChannels = -1 }), "ImageChannels is -1 and");
        AssertSame(() => UNet.Create(new UNetOptions { BlocksPerLevel = [1, -2] }), "BlocksPerLevel is 1, -2 and");
        AssertSame(() => NafNet.Create(new NafNetOptions { Width = -3 }), "Width is -3 and");
        AssertSame(() => VariationalAutoencoder.Create(new VariationalAutoencoderOptions { Classes = -4 }), "Classes is -4 and");
        AssertSame(() => TilingOptions.Validated(new TilingOptions { MemoryBudget = -5, Overlap = -6 }, "options"), "Budget is -5 and");
        AssertSame(() => TilingOptions.Validated(new TilingOptions { TileSize = new Size2d(-7, 8) }, "options"), "TileSize is -7×8;");
        AssertSame(() => new RowFormat(2, 2, -1, 8), "1 to 4 channels, not -1:");
        AssertSame(() => SelfEnsembleRestorer.ThrowIfInvalid(-2, "variants"), "not -2.");
    }

    [Fact]
    public void Messages_WrongLayersInEveryCulture_SayTheSame()
    {
        AssertSame(() => new BatchNorm2dLayer("norm", "input", 4, momentum: 1.5f), "momentum is 1.5 and");
        AssertSame(() => new GroupNormLayer("norm", "input", 2, 4, eps: -0.5f), "eps is -0.5 and must be finite and at least 0.");
        AssertSame(() => new AffineLayer("affine", "input", float.PositiveInfinity, 0), "scale is Infinity and");
        AssertSame(() => new Conv2dLayer("conv", "input", 4, 4, 3, stride: -2), "stride is -2 and");
    }

    [Fact]
    public void Messages_WrongDataInEveryCulture_SayTheSame()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 1, 2)), other = image.Clone();
        other.Span[1] = float.PositiveInfinity;
        AssertSame(() => Psnr.Compute(image, other), "has the value Infinity in picture 0, channel 0, row 0, column 1;");
        AssertSame(() => new ImageShape(-1, 3, 2, 2).ThrowIfInvalid("shape"), "Shape -1×3×2×2 has");
        var scores = ImmutableSortedDictionary<string, double>.Empty.Add("psnr", double.PositiveInfinity);
        var info = new ModelInfo { Name = "model", Task = RestorationTask.Denoise, Scores = scores };
        AssertSame(() => info.ThrowIfInvalid("info"), "Score 'psnr' is Infinity;");
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal) { ["weight"] = new WeightTensor([1], [-70000.5f]) };
        Cultures.AssertSameMessage<ModelFormatException>(
            () => new SafeTensorsFile(tensors).Write(Stream.Null, WeightPrecision.Float16), "has the value -70000.5;");
    }

    private static void AssertSame(Action code, string expected) => Cultures.AssertSameMessage<ArgumentException>(code, expected);
}
