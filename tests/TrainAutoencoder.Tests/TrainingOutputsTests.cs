using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageRestoration.Generation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;
using TrainAutoencoder;

namespace ImageRestoration.Tests.TrainAutoencoder;

/// <summary>What a run of each task leaves beside its model.</summary>
public sealed class TrainingOutputsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("training-outputs").FullName;

    public Task InitializeAsync() => PictureFolder.WriteAsync(Path.Combine(_folder, "pictures"), count: 6);

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(RestorationTask.Denoise)]
    [InlineData(RestorationTask.Deblock)]
    [InlineData(RestorationTask.Brighten)]
    [InlineData(RestorationTask.Inpaint)]
    public async Task RunAsync_EachTask_LeavesModelOnnxCardCurveLogAndGrid(RestorationTask task)
    {
        TrainingSettings settings = Settings("model") with { Task = task, Epochs = 2.5, Accumulate = 2, Loss = "l1+0.1*edge", Optimizer = "nesterov:0.8", Schedule = "one-cycle", Ema = 0.5, ValidationInterval = 2 };
        await TrainingRun.RunAsync(settings, CancellationToken.None);

        // 4 pictures are left, 4 patches in a step.
        IReadOnlyList<TrainingProgress> log = TrainingLog.Read(settings.Beside(".jsonl"));
        Assert.Equal([1L, 2, 3], log.Select(e => e.Step));
        Assert.Equal([2L, 3], log.Where(e => e.Validated).Select(e => e.Step));
        Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), XDocument.Load(settings.Beside(".svg")).Root!.Name);
        using (ImageTensor grid = await ImageFile.LoadAsync(settings.Beside(".png")))
        {
            Assert.Equal(ImageShape.Single(3, 4 + (2 * 44), 4 + (3 * 52)), grid.Shape);
        }

        Model model = Model.Load(settings.Output);
        Assert.Equal(task, model.Info.Task);
        Assert.Equal(Math.Round(log[^1].ValidationPsnr!.Value, 3), Assert.Single(model.Info.Scores).Value);
        using var restorer = OnnxRestorer.Load(settings.Beside(".onnx"));
        Assert.Equal(task, restorer.Info.Task);

        string card = await File.ReadAllTextAsync(settings.Beside(".md"));
        Assert.All(
            ["# model", "the command", "U-Net with 4, 8 channels", "4 pictures of the folder `pictures`, and 2 more", "| its weights before they were rounded to float16 | " + log[^1].ValidationPsnr!.Value.ToString("0.000", CultureInfo.InvariantCulture), "(model.png)", "(model.svg)"],
            part => Assert.Contains(part, card, StringComparison.Ordinal));

        // Rounding the weights costs next to nothing.
        Match stored = Regex.Match(card, @"\| this model \| ([0-9.]+) \|", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(log[^1].ValidationPsnr!.Value, double.Parse(stored.Groups[1].Value, CultureInfo.InvariantCulture), 0.01);

        // The card's settings are the recipe of the same run.
        string recipe = settings.Beside(".json");
        await File.WriteAllTextAsync(recipe, card.Split("```json\n")[1].Split("\n```")[0]);
        Assert.Equal(settings.ToJson(), TrainingSettings.Load(recipe).ToJson());
    }

    [Fact]
    public async Task RunAsync_AdversarialWeight_TrainsACriticThatIsNotInTheModel()
    {
        TrainingSettings settings = Settings("sharp") with { Task = RestorationTask.Inpaint, Steps = 2, Epochs = null, AdversarialWeight = 0.1, FeatureMatchingWeight = 1, CriticChannels = [4, 8, 8] };

        await TrainingRun.RunAsync(settings, CancellationToken.None);

        byte[] checkpoint = await File.ReadAllBytesAsync(settings.Checkpoint);
        using JsonDocument header = JsonDocument.Parse(checkpoint.AsMemory(8, BitConverter.ToInt32(checkpoint)));
        Assert.Contains(header.RootElement.EnumerateObject(), tensor => tensor.Name.StartsWith("critic/", StringComparison.Ordinal));
        Assert.All(Model.Load(settings.Output).Weights.Names, name => Assert.DoesNotContain("critic", name, StringComparison.Ordinal));
        Assert.All(TrainingLog.Read(settings.Beside(".jsonl")), entry => Assert.True(double.IsFinite(entry.Loss)));
    }

    [Fact]
    public async Task RunAsync_FromACheckpoint_StartsWithItsAveragedWeights()
    {
        TrainingSettings first = Settings("first") with { Steps = 3, Epochs = null };
        await TrainingRun.RunAsync(first, CancellationToken.None);

        TrainingSettings second = Settings("second") with { Steps = 1, Epochs = null, From = first.Checkpoint, LearningRate = 1e-9, MinimumLearningRate = 0, Seed = 77 };
        await TrainingRun.RunAsync(second, CancellationToken.None);

        // Files hold float16, whose step between 0.25 and 0.5 is 2.4e-4; weights drawn anew would differ in the first digit.
        Model expected = Model.Load(first.Output), actual = Model.Load(second.Output);
        Assert.All(expected.Weights.Names, name => Assert.All(expected.Weights[name].Values.ToArray().Zip(actual.Weights[name].Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f)));
    }

    [Fact]
    public async Task RunAsync_DefaultSettings_AreNotedInTheCheckpoint()
    {
        TrainingSettings settings = new()
        {
            Folder = Path.Combine(_folder, "pictures"), Output = Path.Combine(_folder, "default.safetensors"), Channels = [4, 8], Patches = "16", Steps = 1,
        };
        await TrainingRun.RunAsync(settings, CancellationToken.None);
        byte[] checkpoint = await File.ReadAllBytesAsync(settings.Checkpoint);
        using JsonDocument header = JsonDocument.Parse(checkpoint.AsMemory(8, BitConverter.ToInt32(checkpoint)));
        JsonElement metadata = header.RootElement.GetProperty("__metadata__");
        (string Name, string Value)[] expected =
        [
            ("Pictures", "3"), ("Degradation", "GaussianNoise"), ("Degradation.MaximumSigma", "55"), ("BatchSize", "16"), ("PatchSizes", "0:16"),
            ("FlipAndRotate", "true"), ("DetailCandidates", "1"), ("Masks", "none"), ("Fill", "Zero"), ("Seed", "0"), ("Steps", "1"), ("Loss", "Charbonnier 0.001"),
            ("LearningRate", "0.001"), ("MinimumLearningRate", "1E-06"), ("WarmupSteps", "200"), ("Schedule", "CosineSchedule"), ("Optimizer", "AdamWOptions"),
            ("Optimizer.WeightDecay", "0.01"), ("GradientAccumulation", "1"), ("GradientClipNorm", "1"), ("EmaDecay", "0.999"), ("Precision", "BFloat16"),
        ];
        Assert.Equal(expected, expected.Select(setting => (setting.Name, metadata.GetProperty("setting/" + setting.Name).GetString()!)));
        Assert.StartsWith("denoise-color of 2263 parameters in 19 layers", metadata.GetProperty("setting/Network").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_VariationalAutoencoder_LeavesAModelThatMakesPictures()
    {
        TrainingSettings settings = Settings("vae") with { Task = RestorationTask.Generate, Channels = [4, 6, 8, 8, 8], Patches = "16", Loss = null, ValidationInterval = 2 };
        await TrainingRun.RunAsync(settings, CancellationToken.None);
        Model model = Model.Load(settings.Output);
        Assert.Equal(RestorationTask.Generate, model.Info.Task);
        Assert.Contains("Variational autoencoder with 4, 6, 8, 8, 8 channels", await File.ReadAllTextAsync(settings.Beside(".md")), StringComparison.Ordinal);
        Assert.All([".onnx", ".svg", ".png", ".jsonl"], extension => Assert.True(File.Exists(settings.Beside(extension)), extension));
        using var generator = new ImageGenerator(new ManagedDecoder(model));
        using ImageTensor made = await generator.GenerateAsync(2, new GenerationOptions { Seed = 1 });
        Assert.Equal(new ImageShape(2, 3, 16, 16), made.Shape);
    }

    [Fact]
    public async Task RunAsync_FromAnotherTasksModel_StartsWithItsWeights()
    {
        TrainingSettings first = Settings("first") with { Seed = 1 };
        await TrainingRun.RunAsync(first, CancellationToken.None);

        // A learning rate of next to nothing shows where the run started. The first convolution takes the mask too, so it cannot be taken over.
        TrainingSettings second = Settings("second") with { Task = RestorationTask.Inpaint, From = first.Output, Steps = 1, Seed = 2, LearningRate = 1e-9, MinimumLearningRate = 0 };
        await TrainingRun.RunAsync(second, CancellationToken.None);
        Model before = Model.Load(first.Output), after = Model.Load(second.Output);
        Assert.Equal(before.Weights["decoder.tail.weight"].Values.ToArray(), after.Weights["decoder.tail.weight"].Values.ToArray());
        Assert.Equal(new[] { 4, 4, 3, 3 }, after.Weights["encoder.head.weight"].Shape.ToArray());
        Assert.Contains("from first", after.Info.Provenance["recipe"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_DryRun_WritesNothing()
    {
        TrainingSettings settings = Settings("dry") with { DryRun = true };
        await TrainingRun.RunAsync(settings, CancellationToken.None);
        Assert.Equal(["pictures"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task RunAsync_TaskWithoutARecipe_SaysWhichThereAre()
        => Assert.Contains("denoise", (await Assert.ThrowsAsync<FormatException>(() => TrainingRun.RunAsync(Settings("other") with { Task = RestorationTask.Compress }, CancellationToken.None))).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_ShippedRecipes_AreRead()
    {
        string[] recipes = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "recipes"), "*.json");
        Assert.NotEmpty(recipes);
        Assert.All(recipes, path => Assert.Equal(Path.GetFileNameWithoutExtension(path), TrainingSettings.Load(path).Name));
    }

    [Fact]
    public void Load_UnknownSetting_NamesIt()
    {
        string path = Path.Combine(_folder, "typo.json");
        File.WriteAllText(path, """{ "epoch": 3 }""");
        Assert.Contains("epoch", Assert.Throws<FormatException>(() => TrainingSettings.Load(path)).Message, StringComparison.Ordinal);
    }

    private TrainingSettings Settings(string name) => new()
    {
        Name = name, Folder = Path.Combine(_folder, "pictures"), Output = Path.Combine(_folder, name + ".safetensors"), Command = "the command",
        Channels = [4, 8], BatchSize = 2, Patches = "16", Steps = 3, ValidationCount = 2, Precision = "fp32", Threads = 1,
    };
}
