using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.Data;

public sealed class BatchPrefetcherTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    [InlineData(3, 5)]
    public void Take_AnyNumberOfThreads_GivesTheSamplersBatchesInOrder(int threads, int capacity)
    {
        PatchSampler sampler = Sampler(new GaussianNoise(0, 55), threads);
        using var prefetcher = new BatchPrefetcher(sampler, 5, 12, capacity);
        for (int step = 5; step < 12; step++)
        {
            using TrainingBatch expected = sampler.Create(step), actual = prefetcher.Take();
            Assert.Equal(step, actual.Step);
            Assert.Equal(expected.Input.Span.ToArray(), actual.Input.Span.ToArray());
        }

        Assert.Throws<InvalidOperationException>(() => prefetcher.Take());
    }

    [Fact]
    public void Take_SeveralThreads_MakesBatchesAtTheSameTime()
    {
        // Nobody passes before two are there.
        using var barrier = new Barrier(2);
        using var prefetcher = new BatchPrefetcher(Sampler(new Hook(() => Assert.True(barrier.SignalAndWait(TimeSpan.FromMinutes(1)))), threads: 2, batchSize: 1), 0, 6);
        for (int step = 0; step < 6; step++)
        {
            using TrainingBatch batch = prefetcher.Take();
            Assert.Equal(step, batch.Step);
        }
    }

    [Fact]
    public void Take_Never_MakesNoMoreThanTheCapacity()
    {
        int made = 0;
        using (var prefetcher = new BatchPrefetcher(Sampler(new Hook(() => Interlocked.Increment(ref made)), threads: 2, batchSize: 1), 0, 100, capacity: 3))
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref made) >= 3);
        }

        Assert.Equal(3, made);
    }

    [Fact]
    public void Take_SourceFails_HandsTheErrorToTheConsumerEveryTime()
    {
        using var prefetcher = new BatchPrefetcher(Sampler(new Hook(() => throw new IOException("disk on fire")), threads: 2), 0, 3);
        for (int i = 0; i < 2; i++)
        {
            var error = Assert.Throws<TrainingException>(() => prefetcher.Take());
            Assert.Contains("disk on fire", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Take_Cancelled_StopsWaitingAndKeepsTheBatch()
    {
        using var gate = new ManualResetEventSlim();
        using var prefetcher = new BatchPrefetcher(Sampler(new Hook(gate.Wait), threads: 1), 0, 3);
        using var cancelled = new CancellationTokenSource();
        cancelled.CancelAfter(20);
        Assert.ThrowsAny<OperationCanceledException>(() => prefetcher.Take(cancelled.Token));
        gate.Set();
        using TrainingBatch batch = prefetcher.Take();
        Assert.Equal(0, batch.Step);
    }

    private static PatchSampler Sampler(IDegradation degradation, int threads, int batchSize = 5)
        => new(new PositionSource(15, 3, 20, 30), degradation, new PatchSamplerOptions { BatchSize = batchSize, PatchSizes = [new PatchSize(0, 8)], Seed = 6, Threads = threads });

    private sealed class Hook(Action action) : IDegradation
    {
        public void Apply(ImageTensor image, Random random) => action();
    }
}
