using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Restoration;

public sealed class RestorerWarmUpTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WarmUpAsync_RunsAPictureOfTheRestorersChannelsAndMask(bool takesMask)
    {
        using var restorer = new RecordingRestorer(4, channels: 3, takesMask);

        await restorer.WarmUpAsync(new Size2d(12, 7));

        Assert.Equal(1, restorer.Runs);
        Assert.Equal(ImageShape.Single(3, 12, 8), restorer.GivenShape);
        Assert.All(restorer.GivenValues, value => Assert.True(value is 0.25f or 0.5f or 0.75f || (takesMask && value == 0)));
        Assert.Equal(takesMask, restorer.GivenMask is not null);

        // Both kinds of pixels, so that a network for inpainting meets what it is for.
        Assert.True(restorer.GivenMask?.MissingShare() is null or (> 0.3 and < 0.7));
    }

    [Fact]
    public async Task WarmUpAsync_NoSize_Takes64()
    {
        using var restorer = new RecordingRestorer(1);

        await restorer.WarmUpAsync();

        Assert.Equal(ImageShape.Single(1, 64, 64), restorer.GivenShape);
    }

    [Fact]
    public async Task WarmUpAsync_SizeOfZeroOrCancelled_Throws()
    {
        using var restorer = new RecordingRestorer(1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => restorer.WarmUpAsync(0));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.WarmUpAsync(cancellationToken: new CancellationToken(canceled: true)));
        Assert.Equal(0, restorer.Runs);
    }
}
