using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class InpaintingLayersTests
{
    private static readonly ImageShape Shape = ImageShape.Single(2, 9, 11);

    /// <summary>Liu et al. 2018, equation 1, with weights that average: of a picture of ones the result is 1 however few pixels are known.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PartialConv2d_AveragingWeights_KeepsOnesWhereAnythingIsKnown(int stride)
    {
        (Network network, NetworkWeights weights) = Averaging(stride);
        using ImageTensor image = ImageTensor.Create(Shape), mask = GapsIn(Shape);
        Fill(image, mask, known: 1, missing: 1000);

        IReadOnlyDictionary<string, ImageTensor> result = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["image"] = image, ["mask"] = mask });

        ImageTensor features = result["features"], known = result["known"];
        int missing = 0;
        for (int y = 0; y < features.Height; y++)
        {
            for (int x = 0; x < features.Width; x++)
            {
                bool any = Enumerable.Range(-1, 3).Any(dy => Enumerable.Range(-1, 3).Any(dx => IsKnown(mask, (y * stride) + dy, (x * stride) + dx)));
                Assert.Equal(any ? 1 : 0, known.Row(0, 0, y)[x]);
                Assert.Equal(any ? 1.25 : 0, features.Row(0, 0, y)[x], 1e-6);
                missing += any ? 0 : 1;
            }
        }

        Assert.InRange(missing, 1, (features.Height * features.Width) - 1);
    }

    [Fact]
    public void PartialConv2d_ValuesOfMissingPixels_ChangeNothing()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue known = builder.Input("mask", 1).Affine(-1, 1);
        NetworkValue image = builder.Input("image", 2);
        (NetworkValue first, NetworkValue firstKnown) = image.PartialConv2d(5, 3, known, padding: 1, name: "first");
        Network network = builder.Output("x", first.ReLU().PartialConv2d(3, 3, firstKnown, padding: 1).Features).Build();
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(3));
        using ImageTensor mask = GapsIn(Shape), a = RandomNetworks.Picture(Shape, 1), b = RandomNetworks.Picture(Shape, 1);
        Fill(b, mask, known: null, missing: 7);

        using ImageTensor fromA = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["mask"] = mask, ["image"] = a })["x"];
        using ImageTensor fromB = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["mask"] = mask, ["image"] = b })["x"];

        Assert.Equal(["first.weight", "first.shift.bias"], network.Parameters.Take(2).Select(p => p.Name));
        Assert.Equal(fromA.Span, fromB.Span);
    }

    [Fact]
    public void GatedConv2d_ClosedGate_LetsNothingThrough()
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 2).GatedConv2d(3, 3, padding: 1, activation: f => f.LeakyReLU(0.2f), name: "gated")).Build();
        NetworkWeights open = With(100), closed = With(-100);
        using ImageTensor image = RandomNetworks.Picture(Shape, 1);
        using ImageTensor shut = ReferenceEvaluator.Run(network, closed, image), through = ReferenceEvaluator.Run(network, open, image);

        Assert.Equal(["gated.features.weight", "gated.features.bias", "gated.gate.weight", "gated.gate.bias"], network.Parameters.Select(p => p.Name));
        Assert.All(shut.Span.ToArray(), value => Assert.Equal(0, value, 1e-30));
        Assert.Contains(through.Span.ToArray(), value => Math.Abs(value) > 0.01);

        NetworkWeights With(float gate)
        {
            NetworkWeights initial = NetworkWeights.Initialize(network, new SeededRandom(1));
            return new NetworkWeights(network.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Name == "gated.gate.bias" ? new WeightTensor(p.Shape, [gate, gate, gate]) : initial[p.Name])));
        }
    }

    /// <summary>Liu et al. 2018, section 3.2: masks are joined as features are, and each channel of the window counts by its own.</summary>
    [Fact]
    public void PartialConv2d_WithSkip_CountsEachChannelByItsOwnMask()
    {
        const int Mine = 2, Its = 3, Out = 2;
        var builder = new NetworkBuilder("n");
        NetworkValue value = builder.Input("image", Mine), known = builder.Input("mask", 1).Affine(-1, 1), skip = builder.Input("skip", Its), skipKnown = builder.Input("skipmask", 1).Affine(-1, 1);
        (NetworkValue features, NetworkValue next) = value.PartialConv2d(Out, 3, known, padding: 1, bias: false, skip: (skip, skipKnown), name: "c");
        Network network = builder.Output("features", features).Output("known", next).Build();
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(4));
        using ImageTensor image = RandomNetworks.Picture(Shape, 1), other = RandomNetworks.Picture(Shape with { Channels = Its }, 2), mask = GapsIn(Shape), otherMask = ImageTensor.Create(mask.Shape);
        for (int i = 0; i < mask.Span.Length; i++)
        {
            otherMask.Span[i] = i % Shape.Width > 1 || i > 5 * Shape.Width ? 1 : 0;
        }

        IReadOnlyDictionary<string, ImageTensor> result = ReferenceEvaluator.Run(network, weights, new Dictionary<string, ImageTensor> { ["image"] = image, ["mask"] = mask, ["skip"] = other, ["skipmask"] = otherMask });

        ReadOnlySpan<float> weight = weights["c.weight"].Values.Span;
        var seen = new HashSet<bool>();
        for (int y = 0; y < Shape.Height; y++)
        {
            for (int x = 0; x < Shape.Width; x++)
            {
                for (int o = 0; o < Out; o++)
                {
                    (double sum, int count) = (0, 0);
                    for (int tap = 0; tap < 9 * (Mine + Its); tap++)
                    {
                        (int c, int row, int column) = (tap / 9, y + (tap % 9 / 3) - 1, x + (tap % 3) - 1);
                        if (IsKnown(c < Mine ? mask : otherMask, row, column))
                        {
                            sum += weight[(o * 9 * (Mine + Its)) + tap] * (double)(c < Mine ? image.Row(0, c, row) : other.Row(0, c - Mine, row))[column];
                            count++;
                        }
                    }

                    Assert.Equal(count > 0 ? sum * 9 * (Mine + Its) / count : 0, result["features"].Row(0, o, y)[x], 1e-4);
                    Assert.Equal(count > 0 ? 1 : 0, result["known"].Row(0, 0, y)[x], 1e-6);
                    seen.Add(count > 0);
                }
            }
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void GatedConv2d_SingleGate_OpensAllChannelsAlike()
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 2);
        Network network = builder.Output("x", image.GatedConv2d(3, 3, padding: 1, singleGate: true, name: "gated")).Build();
        NetworkWeights weights = NetworkWeights.Initialize(network, new SeededRandom(1));

        Assert.Equal(new[] { 1, 2, 3, 3 }, network.Parameters.Single(p => p.Name == "gated.gate.weight").Shape.ToArray());
        using ImageTensor picture = RandomNetworks.Picture(Shape, 1);
        IReadOnlyDictionary<string, ReferenceValue> values = ReferenceEvaluator.Evaluate(network, weights, new Dictionary<string, ReferenceValue> { ["image"] = ReferenceValue.From(picture) }, CancellationToken.None);
        int pixels = Shape.Height * Shape.Width;
        for (int i = 0; i < 3 * pixels; i++)
        {
            Assert.Equal(values["gated.features"].Values[i] * values["gated.open"].Values[i % pixels], values["gated"].Values[i], 1e-12);
        }
    }

    private static (Network Network, NetworkWeights Weights) Averaging(int stride)
    {
        var builder = new NetworkBuilder("n");
        NetworkValue image = builder.Input("image", 2), known = builder.Input("mask", 1).Affine(-1, 1);
        (NetworkValue features, NetworkValue next) = image.PartialConv2d(1, 3, known, stride, padding: 1);
        Network network = builder.Output("features", features).Output("known", next).Build();

        // Two channels of nine pixels; the share counts pixels of the window, so weights of 1/18 make a mean.
        return (network, new NetworkWeights(network.Parameters.Select(p => KeyValuePair.Create(p.Name, new WeightTensor(p.Shape, [.. Enumerable.Repeat(p.Name.EndsWith("bias", StringComparison.Ordinal) ? 0.25f : 1 / 18f, (int)p.ElementCount)])))));
    }

    /// <summary>A gap large enough that a window falls into it, and single missing pixels.</summary>
    private static ImageTensor GapsIn(ImageShape shape)
    {
        ImageTensor mask = ImageTensor.Create(shape with { Channels = 1 });
        for (int y = 0; y < shape.Height; y++)
        {
            for (int x = 0; x < shape.Width; x++)
            {
                mask.Row(0, 0, y)[x] = (y is >= 1 and < 7 && x is >= 3 and < 8) || (x + (2 * y)) % 5 == 0 ? 1 : 0;
            }
        }

        return mask;
    }

    private static bool IsKnown(ImageTensor mask, int y, int x) => y >= 0 && y < mask.Height && x >= 0 && x < mask.Width && mask.Row(0, 0, y)[x] == 0;

    private static void Fill(ImageTensor image, ImageTensor mask, float? known, float missing)
    {
        for (int c = 0; c < image.Channels; c++)
        {
            for (int i = 0; i < mask.Span.Length; i++)
            {
                ref float value = ref image.Plane(0, c)[i];
                value = mask.Span[i] != 0 ? missing : known ?? value;
            }
        }
    }
}
