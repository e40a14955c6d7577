using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime.Tests.Export;

public sealed class HalfPrecisionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("half-precision-tests");

    public static TheoryData<string> Networks() => ["unet", "inpainting unet", "dncnn", "nafnet", "all kinds"];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Export_Float16_TakesHalfTheBytesAndComputesNearlyTheSame(string name)
    {
        Network network = Create(name);
        NetworkWeights weights = NetworkWeights.Initialize(network, new Random(5));

        byte[] single = OnnxExporter.ExportToBytes(network, weights), half = OnnxExporter.ExportToBytes(network, weights, new OnnxExportOptions { Precision = OnnxPrecision.Float16 });

        // The graph itself takes some bytes too.
        long values = network.Parameters.Sum(p => p.ElementCount);
        Assert.InRange(single.Length - half.Length, values, 2 * values);
        using var session = new InferenceSession(half);
        Assert.All(session.InputMetadata.Values.Concat(session.OutputMetadata.Values), value => Assert.Equal(typeof(float), value.ElementType));
        (string, ImageTensor)[] inputs = [.. network.Inputs.Select((input, i) => (input.Name, TestData.Picture(new ImageShape(2, input.Channels, 24, 32), i)))];
        ImageTensor expected = TestData.RunOnnx(single, inputs)[0].Value, actual = TestData.RunOnnx(half, inputs)[0].Value;
        Assert.NotEqual(expected.Span.ToArray(), actual.Span.ToArray());
        TestData.AssertClose(expected, actual, 1e-2);
    }

    [Fact]
    public void Export_Float16OfAPictureThatPassesThrough_KeepsItsBits()
    {
        var builder = new NetworkBuilder("around");
        NetworkValue image = builder.Input("image", 1);
        builder.Output("image", image + image.Conv2d(4, 3, padding: 1).ReLU().Conv2d(1, 3, padding: 1, name: "last"));
        Network network = builder.Build();
        NetworkWeights silent = Filled(network, ("last.weight", 0), ("last.bias", 0));
        using ImageTensor picture = TestData.Picture(ImageShape.Single(1, 9, 7));

        byte[] half = OnnxExporter.ExportToBytes(network, silent, new OnnxExportOptions { Precision = OnnxPrecision.Float16 });

        Assert.Equal(picture.Span.ToArray(), TestData.RunOnnx(half, ("image", picture))[0].Value.Span.ToArray());
    }

    [Fact]
    public async Task Restorer_Float16_IsNearFloat32AndSoAreItsHalves()
    {
        Model model = TestData.UNetModel();
        var options = new OnnxOptions { Precision = OnnxPrecision.Float16 };
        using var single = new OnnxRestorer(model);
        using var half = new OnnxRestorer(model, options);
        using var joined = new AutoencoderRestorer(new OnnxEncoder(model, options), new OnnxDecoder(model, options), RestorationTask.Denoise);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 21, 30));
        var unclamped = new RestorationOptions { Clamp = false };

        using RestorationResult expected = await single.RestoreAsync(new RestorationRequest(image), unclamped);
        using RestorationResult actual = await half.RestoreAsync(new RestorationRequest(image), unclamped), halves = await joined.RestoreAsync(new RestorationRequest(image), unclamped);

        Assert.NotEqual(expected.Image.Span.ToArray(), actual.Image.Span.ToArray());
        TestData.AssertClose(expected.Image, actual.Image, 1e-2);
        TestData.AssertClose(expected.Image, halves.Image, 1e-2);
    }

    [Fact]
    public void Restorer_WeightsBeyondSixteenBits_IsRefused()
    {
        var builder = new NetworkBuilder("large");
        builder.Output("image", builder.Input("image", 3).Conv2d(4, 1, name: "first").Conv2d(3, 1, name: "second"));
        Network network = builder.Build();
        NetworkWeights weights = Filled(network, ("first.weight", 100_000), ("second.weight", 1e-4f));
        var model = new Model(network, weights, new ModelInfo { Name = "large", Task = RestorationTask.Denoise });

        var exception = Assert.Throws<BackendException>(() => new OnnxRestorer(model, new OnnxOptions { Precision = OnnxPrecision.Float16 }));

        Assert.Contains(nameof(OnnxPrecision.Float32), exception.Message, StringComparison.Ordinal);
        new OnnxRestorer(model).Dispose();
    }

    [Fact]
    public void Load_PrecisionOfAFile_IsThatOfItsExport()
    {
        string path = Path.Combine(_folder.FullName, "half.onnx");
        OnnxExporter.Export(TestData.UNetModel(), path, new OnnxExportOptions { Precision = OnnxPrecision.Float16 });

        var exception = Assert.Throws<ArgumentException>("options", () => OnnxRestorer.Load(path, new OnnxOptions { Precision = OnnxPrecision.Float16 }));

        Assert.Contains(nameof(OnnxExportOptions), exception.Message, StringComparison.Ordinal);
        using OnnxRestorer restorer = OnnxRestorer.Load(path);
        Assert.Equal("small-unet", restorer.Info.Name);
    }

    private static NetworkWeights Filled(Network network, params (string Name, float Value)[] constants)
    {
        NetworkWeights drawn = NetworkWeights.Initialize(network, new Random(5));
        return new NetworkWeights(drawn.Names.Select(name =>
        {
            WeightTensor tensor = drawn[name];
            float[] values = tensor.Values.ToArray();
            foreach ((_, float value) in constants.Where(c => c.Name == name))
            {
                values.AsSpan().Fill(value);
            }

            return KeyValuePair.Create(name, new WeightTensor(tensor.Shape, values));
        }));
    }

    private static Network Create(string name)
    {
        switch (name)
        {
            case "unet":
                return UNet.Create(TestData.SmallUNet);
            case "inpainting unet":
                return UNet.Create(TestData.SmallUNet with { TakesMask = true });
            case "dncnn":
                return DnCnn.Create(imageChannels: 3, depth: 4, channels: 8);
            case "nafnet":
                return NafNet.Create(new NafNetOptions { Width = 8, EncoderBlocks = [1], MiddleBlocks = 1, DecoderBlocks = [1] });
            default:
                var builder = new NetworkBuilder(name);
                NetworkValue image = builder.Input("image", 3);
                NetworkValue wide = image.Conv2d(8, 3, padding: 1).GroupNorm(4).GELU().Conv2d(8, 2, stride: 2).BatchNorm2d().PReLU().ConvTranspose2d(8, 2, stride: 2);
                NetworkValue small = wide.PixelUnshuffle(2).Conv2d(16, 1).SiLU().Upsample(2, UpsampleMode.Bilinear).Slice(0, 8);
                builder.Output("image", image + (small * wide.Sigmoid()).Pad(1, PaddingMode.Reflect).Conv2d(3, 3));
                return builder.Build();
        }
    }
}
