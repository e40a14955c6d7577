using System.Globalization;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using LearnFromNoise;
using Spectre.Console;

namespace ImageRestoration.Tests.LearnFromNoise;

public sealed class LearnFromNoiseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("learn-from-noise").FullName;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "pictures"));
        for (int i = 0; i < 4; i++)
        {
            using ImageTensor picture = ImageTensor.Create(ImageShape.Single(3, 96, 112));
            for (int n = 0; n < picture.Span.Length; n++)
            {
                (int y, int x) = (n / 112 % 96, n % 112);
                picture.Span[n] = 0.5f + (0.3f * MathF.Sin((0.08f * (i + 1) * y) + (0.05f * x))) + (0.15f * MathF.Sin(0.03f * x * (i + 1)));
            }

            await ImageFile.SaveAsync(picture, Path.Combine(_folder, "pictures", $"{i}.png"));
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Run_NoisyPicturesAlone_RemovesNoise()
    {
        using var output = new StringWriter();
        await LearningRun.RunAsync(Settings() with { SimulatedSigma = 25, Steps = 150 }, ConsoleOf(output), CancellationToken.None);
        double[] means = [.. output.ToString().Split('\n').Single(line => line.Contains("mean", StringComparison.Ordinal) && line.Contains("dB", StringComparison.Ordinal))
            .Split('│').Where(cell => cell.Contains("dB", StringComparison.Ordinal)).Select(cell => double.Parse(cell.Replace("dB", string.Empty, StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture))];
        Assert.True(means[2] > means[0] + 1, $"The noise went from {means[0]} to {means[2]} dB; 150 steps on smooth pictures should give at least 1 dB.");
        Assert.Equal("learnt-from-noise", Model.Load(Settings().Output).Info.Name);
    }

    [Fact]
    public async Task Run_OwnPictures_ShowsTheEstimateAndWritesThem()
    {
        using var output = new StringWriter();
        string restored = Path.Combine(_folder, "restored");
        await LearningRun.RunAsync(Settings() with { Steps = 2, RestoredFolder = restored }, ConsoleOf(output), CancellationToken.None);
        Assert.Contains("estimated sigma before", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(restored, "*.png").Length);
    }

    private LearningSettings Settings() => new(Path.Combine(_folder, "pictures"), Path.Combine(_folder, "model.safetensors")) { PatchSize = 32, BatchSize = 4, Threads = 1 };

    private static IAnsiConsole ConsoleOf(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 200;
        return console;
    }
}
