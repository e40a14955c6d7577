using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.Docs;

/// <summary>The code blocks of docs/training.md, compiled. <see cref="DocumentationTests"/> compares them.</summary>
internal static class TrainingSnippets
{
    internal static async Task InCodeAsync(CancellationToken cancellationToken)
    {
        var options = new UNetOptions { Channels = [32, 64, 128, 256] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        Network whole = Network.Compose("my-deblocker", encoder, decoder);
        Console.WriteLine(whole.Summary(ImageShape.Single(3, 256, 256)));
        var untrained = new Model(encoder, decoder, NetworkWeights.Initialize(whole, new SeededRandom(1)), new ModelInfo { Name = "my-deblocker", Task = RestorationTask.Deblock });

        ImageFolderSource pictures = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles("pictures/"), new ImageSharpCodec(), cancellationToken: cancellationToken);
        var damage = new JpegCompression(new JpegCompressionOptions { MinimumQuality = 5, MaximumQuality = 95 });
        var sampler = new PatchSampler(pictures, damage, new PatchSamplerOptions { PatchSizes = [new PatchSize(0, 64), new PatchSize(6_000, 96)], DetailCandidates = 2 });

        using var trainer = new Trainer(untrained, sampler, new TrainerOptions
        {
            Steps = 10_000,
            Loss = new WeightedSumLoss(new LossTerm(new CharbonnierLoss()), new LossTerm(new EdgeLoss(), 0.05)),
            CheckpointPath = "my-deblocker.checkpoint",
        });
        using (var log = new TrainingLog("my-deblocker.jsonl"))
        {
            Model model = await trainer.TrainAsync(log, cancellationToken);
            model.Save("my-deblocker.safetensors", WeightPrecision.Float16);
        }

        LossCurve.Write("my-deblocker.svg", TrainingLog.Read("my-deblocker.jsonl"), "my-deblocker");
    }

    internal static async Task DataAsync(CancellationToken cancellationToken)
    {
        AlignedFolders folders = await AlignedFolders.LoadAsync([new AlignedFolder("clean/"), new AlignedFolder("degraded/")], new ImageSharpCodec(), cancellationToken);
        var pairs = new PatchSampler(folders.ToPairs(), degradation: null);
        AlignedFolders modes = await AlignedFolders.LoadAsync([new AlignedFolder("rgb/"), new AlignedFolder("infrared/", new ImageFolderOptions { Channels = 1 })], new ImageSharpCodec(), cancellationToken);
        var stacks = new PatchSampler(modes.ToStack(), new GaussianNoise(0, 30)); // four channels
    }

    internal static async Task TextbookAutoencoderAsync(CancellationToken cancellationToken)
    {
        CifarSource training = await CifarSource.LoadCifar10Async("cifar-10-batches-bin/", CifarSplit.Training, cancellationToken);
        CifarSource test = await CifarSource.LoadCifar10Async("cifar-10-batches-bin/", CifarSplit.Test, cancellationToken);
        Network encoder = ConvAutoencoder.CreateEncoder(filters: 64), decoder = ConvAutoencoder.CreateDecoder(filters: 64);
        var xavier = new WeightInitialization { Distribution = InitialDistribution.XavierUniform };
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("autoencoder", encoder, decoder), new SeededRandom(1), xavier);
        var untrained = new Model(encoder, decoder, weights, new ModelInfo { Name = "autoencoder", Task = RestorationTask.Compress });
        var sampler = new PatchSampler(training, degradation: null, new PatchSamplerOptions { BatchSize = 32, PatchSizes = [new PatchSize(0, 32)], FlipAndRotate = false });
        using var trainer = new Trainer(untrained, sampler, new TrainerOptions
        {
            Epochs = 10,
            Loss = new MeanSquaredErrorLoss(),
            Optimizer = new AdamOptions(),
            Schedule = new ConstantSchedule(),
            Validation = ValidationSet.Create(test, degradation: null, count: 1_000),
            ValidationInterval = training.Count / 32,
        });
        Model model = await trainer.TrainAsync(cancellationToken: cancellationToken);
    }

    internal static void MissingPixelsAndACritic(ImageFolderSource pictures)
    {
        Model features = PretrainedModels.DenoiseColorFast.Load();
        Network fill = UNet.Create(new UNetOptions { TakesMask = true });
        var sampler = new PatchSampler(pictures, degradation: null, new PatchSamplerOptions
        {
            Masks = new FreeFormMaskStrategy(new FreeFormMaskOptions()),
            Fill = InitialFill.HarmonicWithNoise,
        });
        var options = new TrainerOptions
        {
            Loss = new WeightedSumLoss(
                new LossTerm(new L1Loss { MissingWeight = 20, MissingDecay = 0.9 }, 1),
                new LossTerm(new TextureLoss(features.RequireEncoder(), features.EncoderWeights), 0.1)),
            Objective = new AdversarialObjective(PatchDiscriminator.Create(new PatchDiscriminatorOptions { TakesMask = true })) { Weight = 0.01, FromStep = 5_000 },
        };
    }

    internal static void TransferIt(Network fresh, Model pretrained)
    {
        WeightTransfer transfer = NetworkWeights.Initialize(fresh, new SeededRandom(1)).TransferFrom(pretrained.Weights, "encoder.", "encoder.");
        Console.WriteLine($"{transfer.Taken.Length} taken, {transfer.Missing.Length} start afresh");
    }

    internal static async Task FineTuneAsync(CancellationToken cancellationToken)
    {
        ImageFolderSource mine = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles("my-pictures/"), new ImageSharpCodec(), cancellationToken: cancellationToken);
        Model tuned = await PretrainedModels.DenoiseColor.Load().FineTuneAsync(mine, new PoissonGaussianNoise(0, 0.02, 0, 0.001), cancellationToken: cancellationToken);
    }

    internal static void ToAndFromPyTorch()
    {
        var builder = new NetworkBuilder("small");
        NetworkValue image = builder.Input("image", 3);
        NetworkValue head = image.Conv2d(16, 3, padding: 1, name: "head.0").BatchNorm2d(name: "head.1").ReLU();
        Network small = builder.Output("image", image + head.Conv2d(3, 3, padding: 1, name: "tail")).Build();

        NetworkWeights weights = NetworkWeights.LoadStateDict("small.safetensors", small); // safetensors.torch.save_file(module.state_dict(), …)
        weights.SaveStateDict("back.safetensors"); // module.load_state_dict(safetensors.torch.load_file(…))
    }
}
