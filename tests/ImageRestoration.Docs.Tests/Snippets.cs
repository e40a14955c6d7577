using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.DependencyInjection;
using ImageRestoration.Generation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.NetVips;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;
using ImageRestoration.TorchSharp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRestoration.Tests.Docs;

/// <summary>The code blocks of README and docs, compiled. <see cref="DocumentationTests"/> compares them.</summary>
internal static class Snippets
{
    internal static async Task RestoreAPhotographAsync()
    {
        using var photos = new PhotoRestorer(
            PretrainedModels.DenoiseColor.CreateRestorer(model => new ManagedRestorer(model)), new ImageSharpCodec());
        PhotoResult result = await photos.RestoreAsync("noisy.jpg", "restored.png");
        Console.WriteLine($"{result.Width}×{result.Height} in {result.ComputeTime.TotalSeconds:0.0} s");
    }

    internal static async Task FillInWhatIsMissingAsync()
    {
        using var photos = new PhotoRestorer(new PatchMatchRestorer(), new ImageSharpCodec());
        await photos.RestoreAsync("scratched.png", "filled.png", PhotoMask.FromFile("scratches.png"));
        await photos.RestoreAsync("logo.png", "clean.png", PhotoMask.FromColorKey(1, 0, 1));
    }

    internal static async Task FillInWithTextureAsync()
    {
        using var filling = new TextureSynthesisRestorer(new ManagedRestorer(PretrainedModels.InpaintColor.Load()));
        using var photos = new PhotoRestorer(filling, new ImageSharpCodec());
        await photos.RestoreAsync("scribbled.png", "filled.png", PhotoMask.FromFile("scribbles.png"));
    }

    internal static async Task SeveralCodecsAsync()
    {
        var files = new PhotoFiles(new ImageSharpCodec(), new NetVipsCodec());
        using var photos = new PhotoRestorer(
            PretrainedModels.DenoiseColor.CreateRestorer(model => new ManagedRestorer(model)), files);
        await photos.RestoreAsync("scan.tif", "scan-restored.tif");
        await photos.RestoreAsync("phone.avif", "phone-restored.png");
    }

    internal static async Task LargePicturesAsync()
    {
        using var tiled = new TiledRestorer(new ManagedRestorer(Model.Load("my-denoiser.safetensors")), new TilingOptions { TileSize = 512 });
        using var streaming = new RowRestorer(tiled, leaveOpen: true);
        await streaming.RestoreFileAsync("huge.png", "huge-restored.png");
    }

    internal static Network DeclareANetwork()
    {
        var builder = new NetworkBuilder("my-denoiser");
        NetworkValue image = builder.Input("image", channels: 3);
        NetworkValue features = image.Conv2d(32, 3, padding: 1).ReLU();
        NetworkValue small = features.Conv2d(64, 2, stride: 2).ReLU();
        features += small.Conv2d(32 * 4, 1).PixelShuffle(2);
        builder.Output("image", image + features.Conv2d(3, 3, padding: 1));
        Network network = builder.Build();
        Console.WriteLine($"{network.ParameterCount} parameters, {network.MacsPerPixel} MACs per pixel, receptive field {network.ReceptiveField}, sizes in multiples of {network.SizeMultiple}");
        return network;
    }

    internal static async Task TrainItAsync(Network network, CancellationToken cancellationToken)
    {
        ImageFolderSource pictures = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles("pictures/"), new ImageSharpCodec());
        var sampler = new PatchSampler(pictures, new GaussianNoise(0, 55), new PatchSamplerOptions { BatchSize = 16 });
        var info = new ModelInfo { Name = "my-denoiser", Task = RestorationTask.Denoise };
        var untrained = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), info);
        using var trainer = new Trainer(untrained, sampler, new TrainerOptions { Steps = 4_000, CheckpointPath = "my-denoiser.checkpoint" });
        Model model = await trainer.TrainAsync(new Progress<TrainingProgress>(p => Console.WriteLine($"{p.Step}: {p.Loss}")), cancellationToken);
        model.Save("my-denoiser.safetensors", WeightPrecision.Float16);
    }

    internal static async Task TrainAVariationalAutoencoderAsync()
    {
        IdxSource pictures = IdxSource.Load("fashion/train-images-idx3-ubyte.gz", "fashion/train-labels-idx1-ubyte.gz", size: 32);
        var sampler = new PatchSampler(pictures, new BitDepthReduction(8), new PatchSamplerOptions { BatchSize = 64, PatchSizes = [new PatchSize(0, 32)], FlipAndRotate = false });
        var options = new VariationalAutoencoderOptions { ImageChannels = 1, LatentChannels = 32, Classes = pictures.ClassCount };
        Network encoder = VariationalAutoencoder.CreateEncoder(options), decoder = VariationalAutoencoder.CreateDecoder(options);
        NetworkWeights weights = NetworkWeights.Initialize(VariationalAutoencoder.Create(options), new SeededRandom(0));
        var untrained = new Model(encoder, decoder, weights, new ModelInfo { Name = "fashion", Task = RestorationTask.Generate });
        using var trainer = new Trainer(untrained, sampler, new TrainerOptions
        {
            Objective = new VariationalObjective { Beta = 1, WarmupSteps = 300 },
            Loss = new BinaryCrossEntropyLoss(),
            Steps = 3_000,
        });
        Model model = await trainer.TrainAsync();
        model.Save("fashion.safetensors");
    }

    internal static async Task GenerateAsync()
    {
        Model model = Model.Load("fashion.safetensors");
        using var generator = new ImageGenerator(new ManagedDecoder(model)); // or OnnxDecoder, or TorchDecoder
        using ImageTensor boots = await generator.GenerateAsync(8, new GenerationOptions { Label = 9, Seed = 1, Temperature = 0.9 });
        using HostLatent shirt = generator.DrawLatent(1, new GenerationOptions { Label = 6 }), bag = generator.DrawLatent(1, new GenerationOptions { Label = 8 });
        using ImageTensor between = await generator.InterpolateAsync(shirt, bag, steps: 8);
        using ImageTensor grid = ImageGrid.Create([boots, between], columns: 8);
        await ImageFile.SaveAsync(grid, "grid.png");
    }

    internal static async Task ExportAndRunItAsync()
    {
        Model model = Model.Load("my-denoiser.safetensors");
        OnnxExporter.Export(model, "my-denoiser.onnx"); // checked against a float64 evaluation before the file is written
        using IRestorer managed = new ManagedRestorer(model);
        using IRestorer onnx = new OnnxRestorer(model);
        using IRestorer torch = new TorchRestorer(model);
        using ImageTensor noisy = await ImageFile.LoadAsync("noisy.png");
        using RestorationResult restored = await onnx.RestoreAsync(new RestorationRequest(noisy));
        await ImageFile.SaveAsync(restored.Image, "restored.png");
    }

    internal static void RegisterIt(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OnnxRestorerOptions>("denoise", configuration.GetSection("Restorers:denoise")); // ModelPath, IntraOpThreads, …
        ImageRestorationBuilder restorers = services.AddImageRestoration();
        restorers.AddOnnxRestorer("denoise").UseLogging().UseTelemetry().UseTiling();
        restorers.AddManagedRestorer("denoise-slowly", o => o.Pretrained = PretrainedModels.DenoiseColor).UseSelfEnsemble();
        restorers.AddAutoencoderRestorer("mine", RestorationTask.Denoise, s => s.GetRequiredService<IEncoder>(), _ => new OnnxDecoder(Model.Load("my-decoder.safetensors")));
    }

    internal static async Task AskForItAsync(IServiceProvider provider)
    {
        RestorerCatalog catalog = provider.GetRequiredService<RestorerCatalog>();
        await catalog.WarmUpAsync(); // loads all of them, and runs each once
        foreach (string name in catalog.Names)
        {
            RestorerInfo info = catalog.Get(name).Info;
            Console.WriteLine($"{name}: {info.Name} on {info.Backend}, {info.Device}");
        }

        IRestorer denoise = provider.GetRequiredKeyedService<IRestorer>("denoise"); // or [FromKeyedServices("denoise")] IRestorer
    }
}
