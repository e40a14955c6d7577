using ImageRestoration.Data;

namespace ImageRestoration.Tests.Data;

public sealed class AlignedStackSourceTests
{
    [Fact]
    public void Read_TwoSources_GivesTheChannelsOfBoth()
    {
        var stack = new AlignedStackSource(new PositionSource(2, 3, 20, 30), new PositionSource(2, 1, 20, 30));
        Assert.Equal((2, 4), (stack.Count, stack.Channels));
        Assert.Equal((20, 30), stack.SizeOf(1));
        float[] values = new float[4 * 2 * 3];
        stack.Read(1, top: 5, left: 7, height: 2, width: 3, values);
        Assert.Equal([507, 508, 509, 607, 608, 609], values[..6]);
        Assert.Equal([20507, 20508, 20509, 20607, 20608, 20609], values[12..18]);
        Assert.Equal(values[..6], values[18..]);
    }

    [Fact]
    public void Constructor_OtherSizeOrCount_NamesThem()
    {
        var first = new PositionSource(2, 3, 20, 30);
        var size = Assert.Throws<TrainingException>(() => new AlignedStackSource(first, new PositionSource(2, 1, 20, 31)));
        Assert.Contains("20×31", size.Message, StringComparison.Ordinal);
        var count = Assert.Throws<TrainingException>(() => new AlignedStackSource(first, new PositionSource(3, 1, 20, 30)));
        Assert.Contains("2 and 3 pictures", count.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new AlignedStackSource());
    }

    [Fact]
    public void Pair_OfStacks_ReadsEitherSide()
    {
        var clean = new AlignedStackSource(new PositionSource(1, 1, 9, 9), new PositionSource(1, 1, 9, 9));
        var pairs = new PairedPatchSource(clean, new PositionSource(1, 2, 9, 9));
        float[] target = new float[2], input = new float[2];
        pairs.Read(0, 3, 4, 1, 1, target);
        pairs.ReadDegraded(0, 3, 4, 1, 1, input);
        Assert.Equal([304, 304], target);
        Assert.Equal([304, 10304], input);
    }

    [Theory]
    [InlineData(1, 3, 9, "channel")]
    [InlineData(2, 2, 9, "1 and 2 pictures")]
    [InlineData(1, 2, 8, "8×9")]
    public void Pair_OfUnlikeSources_SaysWhatDiffers(int count, int channels, int height, string reason)
    {
        var error = Assert.Throws<TrainingException>(() => new PairedPatchSource(new PositionSource(1, 2, 9, 9), new PositionSource(count, channels, height, 9)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
