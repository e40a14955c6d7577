using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.OnnxRuntime.Tests;

/// <summary>Counts the allocations of the whole process, so no other test may run beside it.</summary>
[Collection(nameof(OnnxRestorerAllocationTests))]
[CollectionDefinition(nameof(OnnxRestorerAllocationTests), DisableParallelization = true)]
public sealed class OnnxRestorerAllocationTests
{
    private const int Rounds = 6;
    private const int Calls = 20;

    // Handles, arrays of names and shapes, tasks: some 1.5 KiB. The picture itself has 768 KiB, which come from the pool.
    private const long LargestPerCall = 4 << 10;

    [Fact]
    public async Task Restore_SteadyState_AllocatesNoPictures()
    {
        using var restorer = new OnnxRestorer(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 256, 256));
        var request = new RestorationRequest(image);

        // The pool keeps an array for each thread that gave one back, so a round may still meet a thread without one: the best round counts.
        long least = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < Calls; i++)
            {
                using RestorationResult result = await restorer.RestoreAsync(request);
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        Assert.InRange(least, 0, LargestPerCall);
    }
}
