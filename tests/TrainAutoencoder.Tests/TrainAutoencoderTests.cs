using System.Diagnostics;
using System.Runtime.InteropServices;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TrainAutoencoder;

/// <summary>The sample as a process: killed, interrupted, resumed, and given bad input.</summary>
public sealed class TrainAutoencoderTests : IAsyncLifetime
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "TrainAutoencoder.dll");
    private readonly string _folder = Directory.CreateTempSubdirectory("train-autoencoder").FullName;

    public Task InitializeAsync() => PictureFolder.WriteAsync(Path.Combine(_folder, "pictures"), count: 5);

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Run_KilledThenResumed_WritesTheModelOfAnUninterruptedRun()
    {
        (int exit, string log) = await RunAsync("whole", resume: false);
        Assert.True(exit == 0, log);

        using (Process process = Start("killed", resume: false))
        {
            await WaitForFileAsync(process, PathOf("killed") + ".checkpoint");
            await Task.Delay(Random.Shared.Next(120));
            process.Kill();
            await process.WaitForExitAsync();
            exit = process.ExitCode;
        }

        // On a quick machine the kill may come while the outputs are written, or after them; only then is nothing left to resume.
        if (exit != 0)
        {
            (exit, log) = await RunAsync("killed", resume: true);
            Assert.True(exit == 0, log);
        }

        Assert.Equal(await File.ReadAllBytesAsync(PathOf("whole")), await File.ReadAllBytesAsync(PathOf("killed")));
        Assert.Equal(await File.ReadAllBytesAsync(PathOf("whole", ".onnx")), await File.ReadAllBytesAsync(PathOf("killed", ".onnx")));

        // The log tells of every step once; only a step whose checkpoint was written when the kill came may be missing.
        Dictionary<long, double> whole = LossesOf("whole"), killed = LossesOf("killed");
        Assert.Equal(Enumerable.Range(1, 60).Select(i => (long)i), whole.Keys);
        Assert.InRange(killed.Count, 59, 60);
        Assert.All(killed, loss => Assert.Equal(whole[loss.Key], loss.Value));
        Assert.Equal("denoise-color", Model.Load(PathOf("whole")).Info.Name);
    }

    [SkippableFact]
    public async Task Run_Interrupted_WritesCheckpointAndSaysHowToContinue()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signal that another process can send.");
        using Process process = Start("interrupted", resume: false, steps: 100_000);
        await WaitForFileAsync(process, PathOf("interrupted") + ".checkpoint");

        // Not SIGINT, which Ctrl-C sends and the sample takes the same way: what a shell starts in the background ignores it, and so do the processes that it starts.
        Assert.Equal(0, Kill(process.Id, signal: 15));
        string log = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("--resume", log, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("interrupted")));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.tmp"));
    }

    [Fact]
    public async Task Run_EmptyFolder_SaysWhatToDo()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        (int exit, string log) = await RunAsync("none", resume: false, pictures: "empty");
        Assert.Equal(1, exit);
        Assert.Contains("Nameafolder", string.Concat(log.Where(c => !char.IsWhiteSpace(c))), StringComparison.Ordinal); // The console wraps lines anywhere.
    }

    [Fact]
    public async Task Run_StepsAndEpochs_SaysToGiveOne()
    {
        using Process process = Start("both", resume: false, more: ["--epochs", "2"]);
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("Give one of them", errors, StringComparison.Ordinal);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);

    private async Task WaitForFileAsync(Process process, string path)
    {
        while (!File.Exists(path))
        {
            Assert.False(process.HasExited, $"The program ended before '{path}' was written.");
            await Task.Delay(5);
        }
    }

    private string PathOf(string name, string extension = ".safetensors") => Path.Combine(_folder, name + extension);

    private Dictionary<long, double> LossesOf(string name) => TrainingLog.Read(PathOf(name, ".jsonl")).ToDictionary(e => e.Step, e => e.Loss);

    private async Task<(int Exit, string Log)> RunAsync(string name, bool resume, string pictures = "pictures")
    {
        using Process process = Start(name, resume, pictures: pictures);
        string log = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, log);
    }

    private Process Start(string name, bool resume, long steps = 60, string pictures = "pictures", params string[] more)
    {
        string[] arguments =
        [
            _program, Path.Combine(_folder, pictures), "--output", PathOf(name), "--steps", $"{steps}", "--batch", "2", "--patches", "16", "--channels", "4,8",
            "--validation-count", "0", "--checkpoint-interval", "7", "--threads", "2", .. resume ? ["--resume"] : Array.Empty<string>(), .. more,
        ];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = more.Length > 0 })!;
    }
}
