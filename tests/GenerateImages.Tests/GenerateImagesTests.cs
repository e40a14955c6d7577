using System.Diagnostics;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.GenerateImages;

/// <summary>The sample as a process: a model is trained on two classes of pictures, and makes grids.</summary>
public sealed class GenerateImagesTests : IAsyncLifetime
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "GenerateImages.dll");
    private readonly string _folder = Directory.CreateTempSubdirectory("generate-images").FullName;

    public async Task InitializeAsync()
    {
        for (int i = 0; i < 8; i++)
        {
            string folder = Path.Combine(_folder, "pictures", i % 2 == 0 ? "dark" : "light");
            Directory.CreateDirectory(folder);
            using ImageTensor picture = ImageTensor.Create(ImageShape.Single(3, 20, 24));
            for (int n = 0; n < picture.Span.Length; n++)
            {
                picture.Span[n] = (i % 2 == 0 ? 0.2f : 0.8f) + (0.1f * MathF.Sin(0.05f * (i + 1) * n));
            }

            await ImageFile.SaveAsync(picture, Path.Combine(folder, $"{i}.png"));
        }

        File.WriteAllText(Path.Combine(_folder, "pictures", "dark", "broken.png"), "no picture");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task TrainSampleInterpolate_PicturesOfTwoClasses_MakeModelAndGrids()
    {
        string log = await RunAsync(0, Train("--conditional", "--mirror", "--steps", "60", "--learning-rate", "0.01", "--ema", "0.5", "--beta", "0.01"));
        Assert.Contains("skipped", log, StringComparison.Ordinal);
        Model model = Model.Load(PathOf("model.safetensors"));
        Assert.Equal("dark,light", model.Info.Provenance["classes"]);
        Assert.True(double.IsFinite(model.Info.Scores["ELBO nats"]));

        await RunAsync(0, "sample", PathOf("model.safetensors"), "-o", PathOf("samples.png"), "--count", "3", "--columns", "3");
        using ImageTensor samples = await ImageFile.LoadAsync(PathOf("samples.png"));
        Assert.Equal(ImageShape.Single(3, (2 * 8) + 3, (3 * 8) + 4), samples.Shape); // A row for each class, with a margin of 1.
        double dark = Mean(samples, 1), light = Mean(samples, 10);
        Assert.True(light > dark + 0.2, $"The classes' means are {dark} and {light}; they should be told apart.");

        await RunAsync(0, "sample", PathOf("model.safetensors"), "-o", PathOf("light.png"), "--count", "2", "--class", "light", "--scale", "2", "--temperature", "0.5");
        using ImageTensor scaled = await ImageFile.LoadAsync(PathOf("light.png"));
        Assert.Equal(ImageShape.Single(3, 2 * (8 + 2), 2 * ((2 * 8) + 3)), scaled.Shape);

        await RunAsync(0, "interpolate", PathOf("model.safetensors"), "-o", PathOf("ways.png"), "--rows", "2", "--steps", "4", "--linear");
        using ImageTensor ways = await ImageFile.LoadAsync(PathOf("ways.png"));
        Assert.Equal(ImageShape.Single(3, (2 * 8) + 3, (4 * 8) + 5), ways.Shape);

        string from = Path.Combine(_folder, "pictures", "dark", "0.png"), to = Path.Combine(_folder, "pictures", "light", "1.png");
        await RunAsync(0, "interpolate", PathOf("model.safetensors"), "-o", PathOf("way.png"), "--from", from, "--to", to, "--steps", "5", "--class", "0");
        using ImageTensor way = await ImageFile.LoadAsync(PathOf("way.png"));
        Assert.Equal(ImageShape.Single(3, 8 + 2, (5 * 8) + 6), way.Shape);

        Assert.Contains("has no class 'grey'. It has: dark, light.", await RunAsync(1, "sample", PathOf("model.safetensors"), "--class", "grey"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WithoutClasses_MakesPicturesOfNoiseAlone()
    {
        await RunAsync(0, Train("--grey", "--loss", "mse", "--steps", "2", "--precision", "fp32"));
        await RunAsync(0, "sample", PathOf("model.safetensors"), "-o", PathOf("samples.png"), "--count", "4", "--columns", "2");

        using ImageTensor samples = await ImageFile.LoadAsync(PathOf("samples.png"));
        Assert.Equal(ImageShape.Single(1, (2 * 8) + 3, (2 * 8) + 3), samples.Shape);
        Assert.Equal(["KL nats", "reconstruction PSNR"], Model.Load(PathOf("model.safetensors")).Info.Scores.Keys);
    }

    [Fact]
    public async Task Train_FolderWithoutPictures_SaysWhatToDo()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Assert.Contains("Name a folder with PNG", await RunAsync(1, "train", Path.Combine(_folder, "empty")), StringComparison.Ordinal);
    }

    private static double Mean(ImageTensor picture, int top) => Enumerable.Range(0, 3).SelectMany(c => Enumerable.Range(top, 8).SelectMany(y => picture.Row(0, c, y)[1..9].ToArray())).Average();

    private string[] Train(params string[] more) =>
    [
        "train", Path.Combine(_folder, "pictures"), "-o", PathOf("model.safetensors"), "--size", "8", "--channels", "4,6,8,12", "--latent", "4",
        "--batch", "4", "--threads", "1", "--beta-warmup", "5", .. more,
    ];

    private string PathOf(string name) => Path.Combine(_folder, name);

    private async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [_program, .. arguments]) { RedirectStandardOutput = true, WorkingDirectory = _folder })!;
        string log = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == exitCode, log);
        return string.Join(' ', log.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)); // The console wraps lines between words.
    }
}
