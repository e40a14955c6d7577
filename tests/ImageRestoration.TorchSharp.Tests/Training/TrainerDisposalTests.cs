using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TrainerDisposalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainer-disposal").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>From within the run, between its steps, and from another thread at any moment.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_WhileTraining_EndsAfterTheStepAndKeepsItsCheckpoint(bool fromProgress)
    {
        string path = Path.Combine(_folder, "disposed.checkpoint");
        TrainerOptions options = SmallRun.Options with { Steps = 2_000, CheckpointPath = path, CheckpointInterval = 100_000 };
        for (int attempt = 0; attempt < 8; attempt++)
        {
            File.Delete(path);
            Trainer trainer = SmallRun.Create(options);
            using var begun = new ManualResetEventSlim();
            var progress = new OnStep(step =>
            {
                begun.Set();
                if (fromProgress && step == 3)
                {
                    trainer.Dispose();
                }
            });
            Task training = trainer.TrainAsync(progress);
            begun.Wait();
            if (!fromProgress)
            {
                await Task.Delay(attempt * 2);
                trainer.Dispose();
            }

            await Assert.ThrowsAsync<OperationCanceledException>(() => training);
            using Trainer resumed = SmallRun.Create(options);
            resumed.Resume(path);
            Assert.Equal(trainer.Step, resumed.Step);
            Assert.True(fromProgress ? resumed.Step == 3 : resumed.Step is >= 1 and < 2_000);
        }
    }

    [Fact]
    public async Task Members_Disposed_Throw()
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        Trainer trainer = SmallRun.Create(SmallRun.Options);
        trainer.SaveCheckpoint(path);
        trainer.Dispose();
        trainer.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => trainer.TrainAsync());
        Assert.Throws<ObjectDisposedException>(() => trainer.Resume(path));
        Assert.Throws<ObjectDisposedException>(() => trainer.SaveCheckpoint(path));
        Assert.Throws<ObjectDisposedException>(trainer.GetModel);
        Assert.Equal(0, trainer.Step);
    }

    private sealed class OnStep(Action<long> act) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => act(value.Step);
    }
}
