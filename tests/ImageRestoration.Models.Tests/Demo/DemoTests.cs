using System.CommandLine;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using RestorationDemo;

namespace ImageRestoration.Models.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("image-restoration-demo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Open_NothingAskedFor_HasEveryTaskWithAModel()
    {
        IReadOnlyList<DemoStage> stages = DemoStage.Open(new DemoOptions(_folder.FullName) { IsFast = true });

        RestorationTask[] shown = [RestorationTask.Denoise, RestorationTask.Deblock, RestorationTask.Inpaint, RestorationTask.Brighten];
        Assert.Equal(shown.Where(task => PretrainedModels.All.Any(model => model.Task == task)), stages.Select(stage => stage.Task.Task));
        Assert.All(stages, stage => Assert.Equal(PretrainedModels.For(stage.Task.Task, ModelSize.Fast).Name, stage.Model.Info.Name));
        Assert.All(stages, stage => stage.Dispose());
    }

    [Fact]
    public void Open_ModelFile_ShowsItsTaskOrRefuses()
    {
        string denoiser = Path.Combine(_folder.FullName, "denoiser.safetensors"), other = Path.Combine(_folder.FullName, "other.safetensors");
        Model model = TestModels.CreateUNet("mine");
        model.Save(denoiser);
        new Model(model.Network, model.Weights, model.Info with { Task = RestorationTask.Generate }).Save(other);

        using DemoStage stage = Assert.Single(DemoStage.Open(new DemoOptions(_folder.FullName) { Model = denoiser }));
        Assert.Equal(("denoise", "mine"), (stage.Task.Name, stage.Model.Info.Name));
        Assert.Contains("denoise, deblock", Assert.Throws<ArgumentException>(() => DemoStage.Open(new DemoOptions(_folder.FullName) { Model = other })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DeblockAndInpaint_WritesPicturesThatScoreAsSaid()
    {
        using var demo = new RestorationDemo.Demo(new DemoOptions(_folder.FullName) { Tasks = ["deblock", "inpaint"], IsFast = true });
        DemoPicture picture = await demo.RunAsync(1, CancellationToken.None);

        Assert.Equal(["seeding-completed.png", "seeding-compressed.png", "seeding-deblocked.png", "seeding-holes.png"], _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        DemoResult deblocked = picture.Results[0], completed = picture.Results[1];

        // The model gains 1.9 dB on this photograph; anything that does not see blocks gains nothing.
        Assert.InRange(deblocked.Gain!.Value, 1, 10);
        Assert.Null(completed.Before);
        Assert.InRange(completed.After.Psnr, 20, 60);
        using ImageTensor holes = await LoadAsync("seeding-holes.png");
        using ImageTensor filled = await LoadAsync("seeding-completed.png");
        int pixels = holes.Height * holes.Width;
        int missing = Enumerable.Range(0, pixels).Count(i => holes.Span[i] == 0 && holes.Span[pixels + i] == 0 && holes.Span[(2 * pixels) + i] == 0);
        int changed = Enumerable.Range(0, pixels).Count(i => holes.Span[i] != filled.Span[i] || holes.Span[pixels + i] != filled.Span[pixels + i] || holes.Span[(2 * pixels) + i] != filled.Span[(2 * pixels) + i]);
        Assert.InRange(missing, pixels / 10, pixels / 4);
        Assert.InRange(changed, 1, missing);
    }

    [Theory]
    [InlineData("denoise")]
    [InlineData("deblock")]
    [InlineData("inpaint")]
    [InlineData("brighten")]
    public void Degrade_AnyTask_MakesTheSamePictureWorseEachTime(string name)
    {
        DemoTask task = DemoTask.CreateAll(new DemoOptions("out")).Single(task => task.Name == name);
        using ImageTensor original = TestImages.CreateWaves(height: 64, width: 96);
        using ImageTensor first = original.Clone(), second = original.Clone();
        Mask? mask = task.Degrade(first, new SeededRandom(5));
        task.Degrade(second, new SeededRandom(5));

        // Waves of low contrast suffer least from JPEG compression.
        Assert.InRange(Psnr.Compute(original, first), 0, 40);
        Assert.True(first.Span.SequenceEqual(second.Span));
        Assert.Equal(name == "inpaint", mask is not null);
    }

    [Theory]
    [InlineData("--task", "magic")]
    [InlineData("--task", "denoise", "--model", "denoise-color")]
    [InlineData("--fast", "--model", "denoise-color")]
    [InlineData("--sigma", "0")]
    [InlineData("--quality", "0")]
    [InlineData("--stops", "1")]
    public void Parse_WrongArguments_AreRefused(params string[] arguments)
        => Assert.NotEmpty(DemoOptions.CreateCommand((_, _) => Task.CompletedTask).Parse(arguments).Errors);

    [Fact]
    public async Task Parse_AllOptions_ArriveAsGiven()
    {
        DemoOptions? given = null;
        RootCommand command = DemoOptions.CreateCommand((options, _) =>
        {
            given = options;
            return Task.CompletedTask;
        });
        await command.Parse(["--output", "out", "--task", "denoise", "brighten", "--fast", "--seed", "7", "--sigma", "15.5", "--quality", "20", "--stops", "-2"]).InvokeAsync();

        Assert.NotNull(given);
        Assert.Equal(("out", 7L, 15.5, 20, -2.0, true), (given.Output, given.Seed, given.Sigma, given.Quality, given.Stops, given.IsFast));
        Assert.Equal(["denoise", "brighten"], given.Tasks);
        Assert.Null(given.Model);
    }

    private Task<ImageTensor> LoadAsync(string name) => ImageFile.LoadAsync(Path.Combine(_folder.FullName, name));
}
