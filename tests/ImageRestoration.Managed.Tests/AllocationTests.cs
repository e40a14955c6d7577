using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.Managed.Tests;

/// <summary>Counts the allocations of the whole process, so no other test may run beside it.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Rounds = 6;
    private const int Calls = 20;

    // Tasks, closures, the result and its shapes; the picture itself has 192 KiB, which come from the pool.
    private const long LargestPerRestore = 4 << 10;

    [Theory]
    [InlineData("unet")]
    [InlineData("nafnet")]
    [InlineData("others")]
    public void Run_OneThread_AllocatesNothing(string name)
    {
        Network network = name switch
        {
            "unet" => UNet.Create(new UNetOptions { Channels = [8, 24] }),
            "nafnet" => NafNet.Create(new NafNetOptions { Width = 8, EncoderBlocks = [1], MiddleBlocks = 1, DecoderBlocks = [1] }),
            _ => TestNetworks.Build(3, x => x.Pad(1, PaddingMode.Reflect).Conv2d(32, 3).GroupNorm(4).PReLU(32).Conv2d(32, 3, padding: 1, groups: 2).BatchNorm2d().Slice(4, 3) / x.Softplus()),
        };
        using ManagedNetwork runner = TestNetworks.Create(network, TestNetworks.Weights(network), threads: 1);
        using ImageTensor input = NetworkCase.RandomInput(new ImageShape(1, 3, 64, 64), seed: 1), output = ImageTensor.Create(input.Shape);
        ExecutionPlan plan = runner.PlanFor(input.Shape);
        ReadOnlySpan<ImageTensor> inputs = [input], outputs = [output];
        runner.Run(plan, inputs, outputs, CancellationToken.None);

        // The first calls may meet code that the runtime still compiles on this thread: the best round counts.
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Calls; i++)
            {
                runner.Run(runner.PlanFor(input.Shape), inputs, outputs, CancellationToken.None);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public async Task Restore_SteadyState_AllocatesNoPictures()
    {
        Network network = UNet.Create(new UNetOptions { Channels = [8, 24] });
        var model = new Model(network, TestNetworks.Weights(network), new ModelInfo { Name = "test", Task = RestorationTask.Denoise });
        using var restorer = new ManagedRestorer(model, new ManagedOptions { Threads = 2 });
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 128, 128), seed: 1);
        var request = new RestorationRequest(image);

        long bytes = await SteadyState.BytesPerCallAsync(async () =>
        {
            using RestorationResult result = await restorer.RestoreAsync(request);
        });

        Assert.InRange(bytes, 0, LargestPerRestore);
    }
}
