using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Masking;

public sealed class ShareRangeTests
{
    [Fact]
    public void Constructor_WrongLimits_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new ShareRange(1.5, -0.25));
        Assert.Contains("minimum is 1.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("maximum is -0.25", error.Message, StringComparison.Ordinal);
        Assert.Contains("minimum (1.5) exceeds maximum (-0.25)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.25, 0.5, 100, 25, 50)]
    [InlineData(0.57, 0.57, 100, 57, 57)]
    [InlineData(0.75, 0.75, 196, 147, 147)]
    [InlineData(0.3, 0.4, 1, 0, 0)]
    [InlineData(0.6, 0.9, 1, 1, 1)]
    [InlineData(0, 1, 7, 0, 7)]
    public void CountLimits_Items_AreWholeNumbersWithinOrNearestToTheMiddle(double minimum, double maximum, long items, long floor, long ceiling)
        => Assert.Equal((floor, ceiling), new ShareRange(minimum, maximum).CountLimits(items));
}
