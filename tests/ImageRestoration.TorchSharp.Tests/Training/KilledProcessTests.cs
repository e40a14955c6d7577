using System.Diagnostics;
using ImageRestoration.Numerics;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class KilledProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("killed-process-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Resume_ProcessWasKilled_AnotherRepeatsEveryLossBitByBit()
    {
        string checkpoint = Path.Combine(_folder, "run.checkpoint");
        const int end = 90, ahead = 30;
        int killAfter = new SeededRandom(2).Next(20, 50);
        using var enough = new CancellationTokenSource();
        var expected = new LineRecorder(lines =>
        {
            if (lines == end)
            {
                enough.Cancel();
            }
        });
        using (Trainer trainer = TrainingProcess.CreateTrainer(checkpointPath: null))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.TrainAsync(expected, enough.Token));
        }

        // The kill comes when these lines were read; the process may be some steps further, or writing a checkpoint.
        Assert.Equal(expected.Lines.Take(killAfter), await RunAndKillAsync(checkpoint, killAfter + ahead, lines => lines.Count == killAfter));
        List<string> resumed = await RunAndKillAsync(checkpoint, end, lines => lines[^1] == expected.Lines[^1] || lines.Count == end);
        Assert.InRange(resumed.Count, 1, end - (killAfter / 2));
        Assert.Equal(expected.Lines.TakeLast(resumed.Count), resumed);
    }

    private static async Task<List<string>> RunAndKillAsync(string checkpoint, int steps, Func<List<string>, bool> isEnough)
    {
        using Process process = TrainingProcess.Start(checkpoint);
        await process.StandardInput.WriteAsync(new string('\n', steps));
        await process.StandardInput.FlushAsync();
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (isEnough(lines))
            {
                break;
            }
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        return lines;
    }

    /// <summary>Called on the training thread.</summary>
    private sealed class LineRecorder(Action<int> onLine) : IProgress<TrainingProgress>
    {
        public List<string> Lines { get; } = [];

        public void Report(TrainingProgress value)
        {
            Lines.Add(TrainingProcess.Line(value));
            onLine(Lines.Count);
        }
    }
}
