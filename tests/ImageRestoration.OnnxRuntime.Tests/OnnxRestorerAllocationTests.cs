using ImageRestoration.Imaging;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.OnnxRuntime.Tests;

/// <summary>Counts the allocations of the whole process, so no other test may run beside it.</summary>
[Collection(nameof(OnnxRestorerAllocationTests))]
[CollectionDefinition(nameof(OnnxRestorerAllocationTests), DisableParallelization = true)]
public sealed class OnnxRestorerAllocationTests
{
    // Handles, arrays of names and shapes, tasks: some 1.5 KiB. The picture itself has 768 KiB, which come from the pool.
    private const long LargestPerCall = 4 << 10;

    [Fact]
    public async Task Restore_SteadyState_AllocatesNoPictures()
    {
        using var restorer = new OnnxRestorer(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 256, 256));
        var request = new RestorationRequest(image);

        long bytes = await SteadyState.BytesPerCallAsync(async () =>
        {
            using RestorationResult result = await restorer.RestoreAsync(request);
        });

        Assert.InRange(bytes, 0, LargestPerCall);
    }
}
