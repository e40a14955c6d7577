using ImageRestoration.Generation;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Conformance;

/// <summary>A variational autoencoder reconstructs and generates the same pictures on every backend, within 1e-4.</summary>
public sealed class GenerationTests
{
    private const float Tolerance = 1e-4f;
    private const int Classes = 3;

    public static TheoryData<string> Backends => [.. ConformanceBackend.All.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(ConformanceBackend.Pairs), MemberType = typeof(ConformanceBackend))]
    public async Task EncodeThenDecode_MeanAndClass_IsTheReconstructionOfTheWholeNetwork(string encoderBackend, string decoderBackend)
    {
        Model model = CreateModel(Classes);
        using IEncoder encoder = Backend(encoderBackend).CreateEncoder(model.RequireEncoder(), model.EncoderWeights);
        using IDecoder decoder = Backend(decoderBackend).CreateDecoder(model.RequireDecoder(), model.DecoderWeights);
        using var generator = new ImageGenerator(decoder, leaveOpen: true);
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(2, 3, 8, 12), seed: 4);

        using HostLatent latent = await generator.EncodeAsync(encoder, image, label: 2);
        using ImageTensor actual = await decoder.DecodeAsync(latent);

        IReadOnlyDictionary<string, ImageTensor> expected = ReferenceEvaluator.Run(model.Network, model.Weights, new Dictionary<string, ImageTensor> { ["image"] = image, ["label"] = latent["label"] });
        AssertClose(expected["image"], actual);
        Assert.Equal(new ImageShape(2, 5, 2, 3), expected["logvar"].Shape);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task Generate_ASeed_MakesTheSamePicturesOnEveryBackend(string backend)
    {
        Model model = CreateModel(Classes);
        using var generator = new ImageGenerator(Backend(backend).CreateDecoder(model.RequireDecoder(), model.DecoderWeights));
        using HostLatent latent = generator.DrawLatent(3, new GenerationOptions { Label = 1, Seed = 5 });

        using ImageTensor actual = await generator.GenerateAsync(3, new GenerationOptions { Label = 1, Seed = 5, BatchSize = 2 });

        AssertClose(ReferenceEvaluator.Run(model.RequireDecoder(), model.DecoderWeights, latent.Names.ToDictionary(n => n, n => latent[n]))["image"], actual);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public async Task Restore_WithoutClasses_ReconstructsFromTheMean(string backend)
    {
        Model model = CreateModel(classes: 0);
        using IRestorer restorer = Backend(backend).CreateRestorer(model);
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 8, 12), seed: 4);

        using RestorationResult actual = await restorer.RestoreAsync(new RestorationRequest(image));

        AssertClose(ReferenceEvaluator.Run(model.Network, model.Weights, image), actual.Image);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void CreateRestorer_OfANetworkWithAClass_IsRefusedByName(string backend)
        => Assert.Contains("'label' (3 channels)", Assert.Throws<TensorShapeException>(() => Backend(backend).CreateRestorer(CreateModel(Classes))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(OnnxModelPart.Whole)]
    [InlineData(OnnxModelPart.Encoder)]
    [InlineData(OnnxModelPart.Decoder)]
    public void ExportToOnnx_EveryPart_PassesTheParityCheck(OnnxModelPart part)
        => Assert.NotEmpty(OnnxExporter.ExportToBytes(CreateModel(Classes), new OnnxExportOptions { Part = part }));

    private static ConformanceBackend Backend(string name) => ConformanceBackend.All.Single(b => b.Name == name);

    private static Model CreateModel(int classes)
    {
        var options = new VariationalAutoencoderOptions { Channels = [6, 8, 10], LatentChannels = 5, Classes = classes };
        return new Model(
            VariationalAutoencoder.CreateEncoder(options),
            VariationalAutoencoder.CreateDecoder(options),
            NetworkWeights.Initialize(VariationalAutoencoder.Create(options), new SeededRandom(1)),
            new ModelInfo { Name = "vae", Task = RestorationTask.Generate });
    }

    private static void AssertClose(ImageTensor expected, ImageTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.Span.ToArray().Zip(actual.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }
}
