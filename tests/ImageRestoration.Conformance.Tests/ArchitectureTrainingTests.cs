using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.Conformance;

/// <summary>Every architecture learns from photographs and can then be exported; that its trained network runs alike everywhere is what the other tests hold.</summary>
public sealed class ArchitectureTrainingTests : IAsyncLifetime
{
    private const int Averaged = 15;
    private readonly string _folder = Directory.CreateTempSubdirectory("architecture-training").FullName;
    private ImageFolderSource _photographs = null!;

    public static TheoryData<string> All() => [.. Architectures.Keys];

    /// <summary>Small enough to train in seconds, with the settings that each architecture recommends.</summary>
    private static Dictionary<string, Architecture> Architectures { get; } = new(StringComparer.Ordinal)
    {
        ["unet"] = new(UNet.Create(new UNetOptions { Channels = [8, 16, 24] })),
        ["unet of double convolutions"] = new(UNet.Create(new UNetOptions { Channels = [8, 16], Block = UNetBlock.DoubleConvolution })),
        ["unet of nafnet blocks"] = new(UNet.Create(new UNetOptions { Channels = [8, 16], Block = UNetBlock.NafNet })),
        ["dncnn"] = new(DnCnn.Create(depth: 5, channels: 12)),
        ["nafnet"] = new(NafNet.Create(new NafNetOptions { Width = 8, EncoderBlocks = [1, 1], MiddleBlocks = 1, DecoderBlocks = [1, 1] })),
        ["convolutional autoencoder"] = new(ConvAutoencoder.Create()) { Loss = new MeanSquaredErrorLoss() },
        ["strided autoencoder"] = new(StridedAutoencoder.Create(width: 12, levels: 3)),
        ["gated convolutions"] = new(GatedConvAutoencoder.Create(new GatedConvAutoencoderOptions { Width = 8, Dilations = [2, 4] })) { Initialization = new() { Distribution = InitialDistribution.HeNormal, Gain = 2 } },
        ["partial convolutions"] = new(PartialConvUNet.Create(new PartialConvUNetOptions { Channels = [8, 12, 16] })),
        ["context encoder with its critic"] = new(ContextEncoder.Create(new ContextEncoderOptions { Channels = [12, 16, 24] }))
        {
            Initialization = new() { Distribution = InitialDistribution.Normal },
            Objective = new AdversarialObjective(PatchDiscriminator.Create(new PatchDiscriminatorOptions { Channels = [8, 12], StridedConvolutions = 2 })) { Weight = 0.001, FeatureMatchingWeight = 0.01 },
        },
    };

    public async Task InitializeAsync()
        => _photographs = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles(Path.Combine(AppContext.BaseDirectory, "photos")), new ImageSharpCodec());

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public void Architectures_OfTheLibrary_AreAllListed()
    {
        // The critic learns beside the context encoder, and the variational autoencoder has an objective and tests of its own.
        IEnumerable<string> declared = typeof(UNet).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(UNet).Namespace && t is { IsAbstract: true, IsSealed: true, IsPublic: true })
            .Select(t => t.Name).Except([nameof(PatchDiscriminator), "VariationalAutoencoder"]);
        Assert.Equal(declared.Order(StringComparer.OrdinalIgnoreCase), Architectures.Values.Select(a => a.Network.Name.Replace("-", string.Empty, StringComparison.Ordinal)).Distinct().Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task TrainAsync_OnPhotographs_LossFallsAndTheModelExports(string name)
    {
        Architecture architecture = Architectures[name];
        Network network = architecture.Network;
        bool inpaints = network.Inputs.Length == 2;
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(3), architecture.Initialization), new ModelInfo { Name = network.Name, Task = inpaints ? RestorationTask.Inpaint : RestorationTask.Denoise });
        var sampler = new PatchSampler(_photographs, inpaints ? null : new GaussianNoise(40), new PatchSamplerOptions
        {
            BatchSize = 4,
            PatchSizes = [new PatchSize(0, 32)],
            Masks = inpaints ? new RandomChoiceMaskStrategy((new PointMaskStrategy(0.5), 1), (new RegionMaskStrategy(new RegionMaskOptions()), 1)) : null,
            Seed = 4,
        });
        var losses = new List<double>();
        using var trainer = new Trainer(model, sampler, new TrainerOptions
        {
            Steps = 100,
            WarmupSteps = 5,
            LearningRate = 3e-3,
            EmaDecay = 0.9,
            Threads = 1,
            Loss = architecture.Loss,
            Objective = architecture.Objective,
        });
        Model trained = await trainer.TrainAsync(new Recorder(losses));

        double first = losses.Take(Averaged).Average(), last = losses.TakeLast(Averaged).Average();
        Assert.True(last < 0.9 * first, $"The mean loss went from {first} to {last}; it should fall below 90 %.");

        // Refuses to write a file that does not compute what the network does.
        string path = Path.Combine(_folder, "model.onnx");
        OnnxExporter.Export(trained, path);
        Assert.True(File.Exists(path));
    }

    private sealed record Architecture(Network Network)
    {
        public WeightInitialization? Initialization { get; init; }

        public Loss Loss { get; init; } = new L1Loss();

        public TrainingObjective Objective { get; init; } = new RestorationObjective();
    }

    private sealed class Recorder(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }
}
