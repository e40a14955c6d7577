using System.Text.Json;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TrainingLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("training-log-tests").FullName;

    private string LogPath => Path.Combine(_folder, "logs", "run.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TrainAsync_CancelledAndResumed_LogsEveryStepOnceWithItsOwnLoss()
    {
        string checkpoint = Path.Combine(_folder, "run.checkpoint");
        TrainerOptions options = SmallRun.Options with { Validation = SmallRun.Validation(), ValidationInterval = 4 };
        var whole = new SmallRun.Recorder();
        using (Trainer trainer = SmallRun.Create(options))
        {
            await trainer.TrainAsync(whole);
        }

        // The checkpoint of step 5 survives, and the log of the steps up to 8 and a piece of the ninth.
        using (Trainer trainer = SmallRun.Create(options with { CheckpointPath = checkpoint, CheckpointInterval = 5 }))
        using (var log = new TrainingLog(LogPath))
        {
            await trainer.TrainAsync(log);
        }

        byte[] lines = File.ReadAllBytes(LogPath);
        int torn = Enumerable.Range(0, lines.Length).Where(i => lines[i] == '\n').ElementAt(7) + 20;
        File.WriteAllBytes(LogPath, lines[..torn]);
        Assert.Equal(8, TrainingLog.Read(LogPath).Count);
        File.Delete(checkpoint);
        using (Trainer trainer = SmallRun.Create(options with { CheckpointPath = checkpoint }))
        using (var cancellation = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trainer.TrainAsync(new Canceller(cancellation, 5), cancellation.Token));
        }

        using (Trainer trainer = SmallRun.Create(options))
        {
            trainer.Resume(checkpoint);
            using var log = new TrainingLog(LogPath, trainer.Step);
            await trainer.TrainAsync(log);
        }

        IReadOnlyList<TrainingProgress> read = TrainingLog.Read(LogPath);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), read.Select(e => e.Step));
        Assert.Equal(whole.Steps.Select(s => (s.Loss, s.LearningRate, s.PatchSize, s.Steps, s.ValidationPsnr, s.Validated)), read.Select(s => (s.Loss, s.LearningRate, s.PatchSize, s.Steps, s.ValidationPsnr, s.Validated)));
        Assert.All(File.ReadLines(LogPath), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void Report_Entry_ComesBackAsItWas()
    {
        var entry = new TrainingProgress(3, 10, 0.25, 1.0 / 3, 2.5e-5, 0.5, 64, 12.25, 0.125, 31.0625, Validated: true, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(7))
        {
            Terms = new Dictionary<string, double> { ["critic"] = 0.1, ["kl"] = 1e-9 },
        };
        using (var log = new TrainingLog(LogPath))
        {
            log.Report(entry);

            // Written at once, and readable while the run goes on.
            TrainingProgress read = Assert.Single(TrainingLog.Read(LogPath));
            Assert.Equal(entry.Terms.OrderBy(t => t.Key, StringComparer.Ordinal), read.Terms.OrderBy(t => t.Key, StringComparer.Ordinal));
            Assert.Equal(entry with { Terms = read.Terms }, read);
        }
    }

    /// <summary>A validation picture that comes out as it should scores infinitely many decibels; a gradient may overflow.</summary>
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void Report_NumberThatIsNotFinite_ComesBackAsItWas(double number)
    {
        TrainingProgress entry = Entry(1) with
        {
            ValidationPsnr = number,
            Validated = true,
            GradientNorm = number,
            PatchesPerSecond = number,
            Terms = new Dictionary<string, double> { ["critic"] = number },
        };
        using (var log = new TrainingLog(LogPath))
        {
            log.Report(entry);
            log.Report(Entry(2));
        }

        IReadOnlyList<TrainingProgress> read = TrainingLog.Read(LogPath);
        Assert.Equal(2, read.Count);
        Assert.Equal(number, Assert.Single(read[0].Terms).Value);
        Assert.Equal(entry with { Terms = read[0].Terms }, read[0]);
        Assert.StartsWith("<svg", LossCurve.ToSvg(read, "run"), StringComparison.Ordinal);
        using JsonDocument line = JsonDocument.Parse(File.ReadLines(LogPath).First());
    }

    [Fact]
    public void Constructor_NewRun_ReplacesTheOldLog()
    {
        using (var log = new TrainingLog(LogPath))
        {
            log.Report(Entry(1));
        }

        using (var log = new TrainingLog(LogPath))
        {
            log.Report(Entry(7));
        }

        Assert.Equal(7, Assert.Single(TrainingLog.Read(LogPath)).Step);
    }

    [Theory]
    [InlineData("no json at all")]
    [InlineData("{\"step\":1}")]
    [InlineData("[]")]
    [InlineData("{\"step\":\"one\"}")]
    public void Read_LineThatIsNoEntry_SaysWhichOne(string line)
    {
        using (var log = new TrainingLog(LogPath))
        {
            log.Report(Entry(1));
        }

        File.AppendAllText(LogPath, line + "\n");
        Assert.Contains("Line 2", Assert.Throws<TrainingException>(() => TrainingLog.Read(LogPath)).Message, StringComparison.Ordinal);
        Assert.Throws<TrainingException>(() => new TrainingLog(LogPath, resumedStep: 5));
        Assert.Contains(line, File.ReadAllText(LogPath), StringComparison.Ordinal);
    }

    private static TrainingProgress Entry(long step) => new(step, 10, 0, 1, 1e-3, 1, 64, 1, 0, null, Validated: false, TimeSpan.Zero, TimeSpan.Zero);

    private sealed class Canceller(CancellationTokenSource cancellation, long step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
            {
                cancellation.Cancel();
            }
        }
    }
}
