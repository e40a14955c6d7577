using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class PointMaskStrategyTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.01, 12)]
    [InlineData(0.3, 360)]
    [InlineData(0.5, 600)]
    [InlineData(0.999, 1199)]
    [InlineData(1, 1200)]
    public void Create_Share_IsMetExactly(double share, long missing)
    {
        var strategy = new PointMaskStrategy(share);
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Equal(missing, strategy.Create(30, 40, new SeededRandom(seed)).CountMissing());
        }
    }

    [Fact]
    public void Create_ShareRange_IsUsedInItsWholeWidth()
    {
        var strategy = new PointMaskStrategy(0.25, 0.75);
        long[] counts = [.. Enumerable.Range(0, 400).Select(seed => strategy.Create(4, 4, new SeededRandom((ulong)seed)).CountMissing())];
        Assert.Equal(Enumerable.Range(4, 9).Select(count => (long)count), counts.Distinct().Order());
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.75)]
    public void Create_ManyMasks_TakesEveryPixelEquallyOften(double share)
    {
        var strategy = new PointMaskStrategy(share);
        const int count = 4000;
        int[] hits = new int[32];
        for (ulong seed = 0; seed < count; seed++)
        {
            Mask mask = strategy.Create(4, 8, new SeededRandom(seed));
            for (int i = 0; i < hits.Length; i++)
            {
                hits[i] += mask.Values[i];
            }
        }

        // Each count is binomial: five standard deviations.
        Assert.All(hits, found => Assert.Equal(share, found / (double)count, 5 * Math.Sqrt(share * (1 - share) / count)));
    }

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.6, 0.5)]
    [InlineData(0, double.NaN)]
    public void Constructor_WrongShare_Throws(double minimum, double maximum)
        => Assert.Throws<ArgumentException>(() => new PointMaskStrategy(minimum, maximum));
}
