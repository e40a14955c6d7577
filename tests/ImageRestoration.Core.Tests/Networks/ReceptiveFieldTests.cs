using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

/// <summary>
/// Proves receptive fields by experiment: a row, a column or a pixel of the input is changed, and the outputs that change are looked up.
/// All weights are positive and all functions increase where they are used, so that no two changes cancel.
/// </summary>
public sealed class ReceptiveFieldTests
{
    private const double Baseline = 0.5;

    public static TheoryData<ulong, bool> Seeds
    {
        get
        {
            var data = new TheoryData<ulong, bool>();
            for (ulong seed = 0; seed < 60; seed++)
            {
                data.Add(seed, seed % 3 == 0);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ReceptiveField_RandomNetwork_IsExactlyWhatIsObserved(ulong seed, bool maxPools)
    {
        Network network = RandomNetworks.CreateForReceptiveField(seed, steps: 2 + (int)(seed % 4), maxPools);
        AssertExact(network, seed, maxPools);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ReceptiveField_UNet_IsExactlyWhatIsObserved(int levels)
        => AssertExact(UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [.. Enumerable.Repeat(2, levels)] }), seed: 7, largeChange: false);

    [Fact]
    public void ReceptiveField_Architectures_HaveTheKnownSizes()
    {
        ReceptiveField dncnn = DnCnn.Create(depth: 17).ReceptiveField;
        Assert.Equal(new ReceptiveField(17, 17, 17, 17, IsGlobal: false), dncnn);
        Assert.Equal(17, dncnn.Radius);
        Assert.Equal("35×35", dncnn.ToString());

        // The size depends on the levels only, so the small network of the experiment and the large one agree.
        Assert.Equal(UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [1, 1, 1, 1] }).ReceptiveField, UNet.Create().ReceptiveField);
    }

    [Fact]
    public void ReceptiveField_LayerThatSeesEverything_IsGlobal()
    {
        var builder = new NetworkBuilder("n");
        builder.Input("image", 1).ReLU("first");
        Network network = builder.Output("x", builder.Append(new GlobalLayer("all", "first"))).Build();

        Assert.True(network.ReceptiveField.IsGlobal);
        Assert.Equal("global", network.ReceptiveField.ToString());
    }

    [Fact]
    public void ReceptiveField_LayersOverTheWholePicture_AreGlobal()
    {
        Assert.True(FieldOf(x => x.GroupNorm(1)).IsGlobal);
        Assert.True(FieldOf(x => x * x.GlobalAvgPool()).IsGlobal);
        Assert.True(FieldOf(x => x.GlobalAvgPool()).IsGlobal);
        Assert.Equal(new ReceptiveField(0, 0, 0, 0, IsGlobal: false), FieldOf(x => x.LayerNorm2d().BatchNorm2d().Linear(2).PReLU().Scale2d() / x.Affine(2, 1)));

        static ReceptiveField FieldOf(Func<NetworkValue, NetworkValue> build)
        {
            var builder = new NetworkBuilder("n");
            return builder.Output("x", build(builder.Input("image", 2))).Build().ReceptiveField;
        }
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 1, 1)]
    public void ReceptiveField_Bilinear_ReachesTheNeighbours(int factor, int before, int after)
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).Upsample(factor, UpsampleMode.Bilinear)).Build();

        Assert.Equal(new ReceptiveField(before, after, before, after, IsGlobal: false), network.ReceptiveField);
        AssertExact(network, seed: 1, largeChange: false);
    }

    [Fact]
    public void ReceptiveField_BilinearCentresOnly_NeedNoNeighbour()
    {
        // Of each three enlarged pixels the pool takes the first two: their mean never reaches the next pixel.
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).Upsample(3, UpsampleMode.Bilinear).AvgPool2d(2, stride: 3)).Build();

        Assert.Equal(new ReceptiveField(1, 0, 1, 0, IsGlobal: false), network.ReceptiveField);
        AssertExact(network, seed: 1, largeChange: false);
    }

    [Fact]
    public void ReceptiveField_PartsAlongHeightAndWidth_AreApart()
    {
        var builder = new NetworkBuilder("n");
        Network network = builder.Output("x", builder.Input("image", 1).Conv2d(1, new Size2d(5, 3), padding: new Size2d(1, 2), dilation: new Size2d(2, 1))).Build();

        Assert.Equal(new ReceptiveField(1, 7, 2, 0, IsGlobal: false), network.ReceptiveField);
        AssertExact(network, seed: 1, largeChange: false);
    }

    private static void AssertExact(Network network, ulong seed, bool largeChange)
    {
        ReceptiveField field = network.ReceptiveField;
        Assert.False(field.IsGlobal);
        NetworkWeights weights = PositiveWeights(network, seed);
        double change = largeChange ? 1e12 : 0.25;

        (int height, int width) = Size(network, field, SpatialAxis.Height);
        (long before, long after) = Observe(network, weights, height, width, SpatialAxis.Height, change);
        Assert.Equal((field.Top, field.Bottom), (before, after));

        (height, width) = Size(network, field, SpatialAxis.Width);
        (before, after) = Observe(network, weights, height, width, SpatialAxis.Width, change);
        Assert.Equal((field.Left, field.Right), (before, after));

        AssertPixelsStayWithin(network, weights, field, height, width, change, new SeededRandom(seed));
    }

    /// <summary>Large along the axis, so that every phase of the strides occurs far from the border; along the other as large as some output needs.</summary>
    private static (int Height, int Width) Size(Network network, ReceptiveField field, SpatialAxis axis)
    {
        (int height, int width) = RandomNetworks.SmallestSize(network);
        (int rows, int columns) = (field.Top + field.Bottom, field.Left + field.Right);
        Size2d multiple = network.SizeMultiple;
        return axis == SpatialAxis.Height
            ? (height + (multiple.Height * (3 + (rows / multiple.Height))), width + (multiple.Width * (1 + (columns / 2 / multiple.Width))))
            : (height + (multiple.Height * (1 + (rows / 2 / multiple.Height))), width + (multiple.Width * (3 + (columns / multiple.Width))));
    }

    /// <summary>Changes each row (column) of the input on its own, one a picture of a batch, and measures how far the changes reach.</summary>
    private static (long Before, long After) Observe(Network network, NetworkWeights weights, int height, int width, SpatialAxis axis, double change)
    {
        int extent = axis == SpatialAxis.Height ? height : width;
        var changed = new ReferenceValue(new ImageShape(extent, network.Inputs[0].Channels, height, width));
        changed.Values.Fill(Baseline);
        for (int n = 0; n < extent; n++)
        {
            for (int c = 0; c < changed.Shape.Channels; c++)
            {
                for (int i = 0; i < (axis == SpatialAxis.Height ? width : height); i++)
                {
                    (int y, int x) = axis == SpatialAxis.Height ? (n, i) : (i, n);
                    changed.Row(n, c, y)[x] += change;
                }
            }
        }

        (ReferenceValue result, ReferenceValue baseline) = Evaluate(network, weights, changed);
        AffineSize scale = axis == SpatialAxis.Height ? network.Outputs[0].HeightScale : network.Outputs[0].WidthScale;
        long before = 0, after = 0;
        int influences = 0;
        for (int n = 0; n < extent; n++)
        {
            foreach ((int y, int x) in Differences(result, n, baseline))
            {
                (long first, long last) = Covered(scale, axis == SpatialAxis.Height ? y : x);
                before = Math.Max(before, first - n);
                after = Math.Max(after, n - last);
                influences++;
            }
        }

        Assert.True(influences > 0, "No output depends on the input.");
        return (before, after);
    }

    private static void AssertPixelsStayWithin(Network network, NetworkWeights weights, ReceptiveField field, int height, int width, double change, SeededRandom random)
    {
        const int Pixels = 8;
        var changed = new ReferenceValue(new ImageShape(Pixels, network.Inputs[0].Channels, height, width));
        changed.Values.Fill(Baseline);
        var positions = new (int Y, int X)[Pixels];
        for (int n = 0; n < Pixels; n++)
        {
            positions[n] = (random.Next(height), random.Next(width));
            changed.Row(n, random.Next(changed.Shape.Channels), positions[n].Y)[positions[n].X] += change;
        }

        (ReferenceValue result, ReferenceValue baseline) = Evaluate(network, weights, changed);
        for (int n = 0; n < Pixels; n++)
        {
            foreach ((int y, int x) in Differences(result, n, baseline))
            {
                (long firstRow, long lastRow) = Covered(network.Outputs[0].HeightScale, y);
                (long firstColumn, long lastColumn) = Covered(network.Outputs[0].WidthScale, x);
                Assert.InRange(positions[n].Y, firstRow - field.Top, lastRow + field.Bottom);
                Assert.InRange(positions[n].X, firstColumn - field.Left, lastColumn + field.Right);
            }
        }
    }

    private static (ReferenceValue Result, ReferenceValue Baseline) Evaluate(Network network, NetworkWeights weights, ReferenceValue changed)
    {
        var unchanged = new ReferenceValue(changed.Shape with { Batch = 1 });
        unchanged.Values.Fill(Baseline);
        string input = network.Inputs[0].Name, output = network.Outputs[0].Value;
        return (ReferenceEvaluator.Evaluate(network, weights, new Dictionary<string, ReferenceValue> { [input] = changed }, CancellationToken.None)[output],
            ReferenceEvaluator.Evaluate(network, weights, new Dictionary<string, ReferenceValue> { [input] = unchanged }, CancellationToken.None)[output]);
    }

    private static List<(int Y, int X)> Differences(ReferenceValue result, int batch, ReferenceValue baseline)
    {
        var positions = new List<(int, int)>();
        for (int y = 0; y < baseline.Shape.Height; y++)
        {
            for (int x = 0; x < baseline.Shape.Width; x++)
            {
                for (int c = 0; c < baseline.Shape.Channels; c++)
                {
                    if (result.Row(batch, c, y)[x] != baseline.Row(0, c, y)[x])
                    {
                        positions.Add((y, x));
                        break;
                    }
                }
            }
        }

        return positions;
    }

    /// <summary>The input pixels that lie under an output pixel.</summary>
    private static (long First, long Last) Covered(AffineSize scale, int position)
    {
        long first = position * scale.Denominator / scale.Numerator;
        return (first, Math.Max(first, (((position + 1) * scale.Denominator) - 1) / scale.Numerator));
    }

    /// <summary>Positive weights that keep values near 1, so that bounded functions do not saturate.</summary>
    private static NetworkWeights PositiveWeights(Network network, ulong seed)
    {
        var random = new SeededRandom(seed);
        return new NetworkWeights(network.Parameters.Select(p =>
        {
            float scale = p.Shape.Length == 1 ? 0.1f : 1f / p.FanIn;
            float[] values = [.. Enumerable.Range(0, (int)p.ElementCount).Select(_ => scale * (0.5f + random.NextSingle()))];
            return KeyValuePair.Create(p.Name, new WeightTensor(p.Shape, values));
        }));
    }

    internal sealed record GlobalLayer : Layer
    {
        internal GlobalLayer(string name, string input)
            : base(name, [input])
        {
        }

        public override string Kind => "Global";

        public override int InferChannels(System.Collections.Immutable.ImmutableArray<int> inputChannels) => inputChannels[0];

        public override PixelInterval? InferDependency(SpatialAxis axis, PixelInterval output) => null;

        internal override void WriteSettings(System.Text.Json.Utf8JsonWriter writer)
        {
            // There are none.
        }
    }
}
