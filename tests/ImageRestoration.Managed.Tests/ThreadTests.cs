using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

public sealed class ThreadTests
{
    private static readonly ImageShape Shape = new(2, 3, 40, 56);

    public static TheoryData<string, bool> KindsAndAlgorithms()
    {
        var data = new TheoryData<string, bool>();
        foreach (string kind in Enum.GetNames<VectorKind>())
        {
            data.Add(kind, true);
            data.Add(kind, false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndAlgorithms))]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(string kind, bool winograd)
    {
        Network network = UNet.Create(new UNetOptions { Channels = [16, 40, 160] });
        NetworkWeights weights = TestNetworks.Weights(network);
        using ImageTensor input = NetworkCase.RandomInput(Shape, seed: 1);
        using ImageTensor expected = TestNetworks.Run(network, weights, input, threads: 1, Enum.Parse<VectorKind>(kind), winograd);
        foreach (int threads in new[] { 2, 3, 5, 8 })
        {
            using ImageTensor actual = TestNetworks.Run(network, weights, input, threads, Enum.Parse<VectorKind>(kind), winograd);
            Assert.Equal(expected.Span, actual.Span);
        }
    }

    [Theory]
    [MemberData(nameof(TestNetworks.VectorKinds), MemberType = typeof(TestNetworks))]
    public void Run_LayersOverTheWholePicture_GiveTheSameBitsForAnyNumberOfThreads(string kind)
    {
        Network network = TestNetworks.Build(3, x => x.Conv2d(40, 3, padding: 1).GroupNorm(5).LayerNorm2d() * x.GlobalAvgPool().Linear(40));
        NetworkWeights weights = TestNetworks.Weights(network);
        using ImageTensor input = NetworkCase.RandomInput(Shape, seed: 1);
        using ImageTensor expected = TestNetworks.Run(network, weights, input, threads: 1, Enum.Parse<VectorKind>(kind));
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using ImageTensor actual = TestNetworks.Run(network, weights, input, threads, Enum.Parse<VectorKind>(kind));
            Assert.Equal(expected.Span, actual.Span);
        }
    }

    [Fact]
    public async Task Run_ManyAtOnce_EachGetsItsOwnResult()
    {
        Network network = UNet.Create(new UNetOptions { Channels = [8, 24] });
        NetworkWeights weights = TestNetworks.Weights(network);
        using ManagedNetwork runner = TestNetworks.Create(network, weights, threads: 3, plans: 2);
        ImageTensor[] inputs = [.. Enumerable.Range(0, 6).Select(i => NetworkCase.RandomInput(new ImageShape(1, 3, 16 + (4 * (i % 3)), 24), (ulong)i))];
        ImageTensor[] expected = [.. inputs.Select(input => TestNetworks.Run(network, weights, input, threads: 1))];

        await Parallel.ForAsync(0, 120, new ParallelOptions { MaxDegreeOfParallelism = 6 }, (i, token) =>
        {
            using ImageTensor actual = runner.Run([inputs[i % 6]], token)[0];
            Assert.Equal(expected[i % 6].Span, actual.Span);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void Schedule_TileThatThrows_ThrowsAtTheCallerAndWorksAgain()
    {
        var context = new RunContext(0, 0, threads: 3);
        Step[] broken = [new FakeStep(20, (_, tile) => { if (tile == 7) throw new InvalidOperationException("tile 7"); })];
        var error = Assert.Throws<InvalidOperationException>(() => context.Scheduler.Run(broken, CancellationToken.None));
        Assert.Equal("tile 7", error.Message);

        var counts = new int[20];
        context.Scheduler.Run([new FakeStep(20, (_, tile) => Interlocked.Increment(ref counts[tile]))], CancellationToken.None);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Schedule_ManySteps_RunsEachTileOnceAndInOrder()
    {
        const int Steps = 300, Tiles = 17;
        var counts = new int[Steps * Tiles];
        int step = 0, outOfOrder = 0;
        Step[] steps = [.. Enumerable.Range(0, Steps).Select(s => new FakeStep(Tiles, (_, tile) =>
        {
            Interlocked.Increment(ref counts[(s * Tiles) + tile]);

            // All tiles of the steps before must be done.
            if (s > 0 && Volatile.Read(ref counts[((s - 1) * Tiles) + tile]) != 1)
            {
                Interlocked.Increment(ref outOfOrder);
            }

            Volatile.Write(ref step, s);
        }))];
        var context = new RunContext(0, 0, threads: 4);
        context.Scheduler.Run(steps, CancellationToken.None);
        Assert.Equal(0, outOfOrder);
        Assert.Equal(Steps - 1, step);
        Assert.All(counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Schedule_CancelledInAStep_StopsBeforeTheNext()
    {
        using var source = new CancellationTokenSource();
        bool ran = false;
        var context = new RunContext(0, 0, threads: 2);
        Step[] steps = [new FakeStep(4, (_, _) => source.Cancel()), new FakeStep(1, (_, _) => ran = true)];
        Assert.Throws<OperationCanceledException>(() => context.Scheduler.Run(steps, source.Token));
        Assert.False(ran);
    }

    private sealed class FakeStep(int tiles, Action<RunContext, int> run) : Step("fake", output: null)
    {
        protected override int WorkTiles => tiles;

        protected override void RunWork(RunContext context, int tile) => run(context, tile);
    }
}
