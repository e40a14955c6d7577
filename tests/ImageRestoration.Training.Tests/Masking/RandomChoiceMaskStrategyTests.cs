using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class RandomChoiceMaskStrategyTests
{
    [Fact]
    public void Create_Weights_AreTheProbabilities()
    {
        var strategy = new RandomChoiceMaskStrategy((new PointMaskStrategy(0), 1), (new PointMaskStrategy(0.5), 2), (new PointMaskStrategy(1), 5));
        const int count = 4000;
        int[] hits = new int[3];
        for (ulong seed = 0; seed < count; seed++)
        {
            hits[strategy.Create(1, 2, new SeededRandom(seed)).CountMissing()]++;
        }

        // Each count is binomial: five standard deviations.
        Assert.Equal(1 / 8.0, hits[0] / (double)count, 5 * Math.Sqrt(1 / 8.0 * (7 / 8.0) / count));
        Assert.Equal(2 / 8.0, hits[1] / (double)count, 5 * Math.Sqrt(2 / 8.0 * (6 / 8.0) / count));
        Assert.Equal(5 / 8.0, hits[2] / (double)count, 5 * Math.Sqrt(5 / 8.0 * (3 / 8.0) / count));
    }

    [Fact]
    public void Constructor_WrongChoices_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("choices", () => new RandomChoiceMaskStrategy((null!, 1), (new PointMaskStrategy(1), 0), (new PointMaskStrategy(1), double.NaN)));
        Assert.Contains("Strategy 0 is null", error.Message, StringComparison.Ordinal);
        Assert.Contains("The weight of strategy 1 is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("The weight of strategy 2 is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>("choices", () => new RandomChoiceMaskStrategy()).Message, StringComparison.Ordinal);
    }
}
