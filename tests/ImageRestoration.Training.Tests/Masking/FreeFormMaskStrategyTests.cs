using System.Security.Cryptography;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class FreeFormMaskStrategyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 500)]
    [InlineData(500, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 5)]
    [InlineData(64, 64)]
    [InlineData(301, 199)]
    public void Create_AnySize_MarksPixelsWithOnesAndZeros(int height, int width)
    {
        var strategy = new FreeFormMaskStrategy();
        for (ulong seed = 0; seed < 50; seed++)
        {
            Mask mask = strategy.Create(height, width, new SeededRandom(seed));
            Assert.Equal((height, width), (mask.Height, mask.Width));
            Assert.True(mask.CountMissing() >= 1);
            Assert.Equal(-1, mask.Values.IndexOfAnyExcept((byte)0, (byte)1));
        }
    }

    [Fact]
    public void Create_SameSeed_GivesSameMaskAndOtherSeedAnother()
    {
        var strategy = new FreeFormMaskStrategy();
        byte[] first = strategy.Create(64, 80, new SeededRandom(1)).Values.ToArray();
        Assert.Equal(first, strategy.Create(64, 80, new SeededRandom(1)).Values.ToArray());
        Assert.NotEqual(first, strategy.Create(64, 80, new SeededRandom(2)).Values.ToArray());
    }

    [Fact]
    public void Create_Seeded_HasTheSamePixelsEverywhere()
    {
        // Recorded once; must hold on every operating system, processor and runtime.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var free = new FreeFormMaskStrategy();
        var limited = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = 0.1, MaximumShare = 0.4 });
        for (ulong seed = 0; seed < 200; seed++)
        {
            hash.AppendData(free.Create(61, 97, new SeededRandom(seed)).Values);
            hash.AppendData(limited.Create(97, 61, new SeededRandom(seed)).Values);
        }

        Assert.Equal("2A10B43AC67912F3A480FBBABFFA8746817B35333873634E00A1BCE5E614D3F3", Convert.ToHexString(hash.GetHashAndReset()));
    }

    [Theory]
    [InlineData(0.1, 0.3)]
    [InlineData(0.25, 0.25)]
    [InlineData(0.0, 0.05)]
    [InlineData(0.9, 1.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(0.0, 0.0)]
    public void Create_ShareLimits_AreKept(double minimum, double maximum)
    {
        var strategy = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = minimum, MaximumShare = maximum });
        foreach ((int height, int width) in new[] { (10, 10), (64, 64), (48, 100), (200, 20) })
        {
            for (ulong seed = 0; seed < 30; seed++)
            {
                double share = strategy.Create(height, width, new SeededRandom(seed)).MissingShare();
                Assert.InRange(share, minimum, maximum);
            }
        }
    }

    [Fact]
    public void Create_ShareRange_IsUsedInItsWholeWidth()
    {
        var strategy = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = 0.2, MaximumShare = 0.6 });
        double[] shares = [.. Enumerable.Range(0, 300).Select(i => strategy.Create(96, 96, new SeededRandom((ulong)i)).MissingShare()).Order()];

        // Kolmogorov-Smirnov against the uniform distribution at the level 0.001, and a little for the last strokes' cuts.
        double largest = shares.Select((share, i) => Math.Abs(((share - 0.2) / 0.4) - ((i + 0.5) / shares.Length))).Max();
        Assert.InRange(largest, 0, (1.95 / Math.Sqrt(shares.Length)) + 0.02);
    }

    [Theory]
    [InlineData(1, 0.2, 0.4, 0)]
    [InlineData(1, 0.6, 0.8, 1)]
    [InlineData(3, 0.4, 0.6, 2)]
    [InlineData(10, 0.52, 0.58, 6)]
    public void Create_NoWholeNumberOfPixelsWithinTheLimits_TakesTheNearest(int width, double minimum, double maximum, int missing)
    {
        var strategy = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = minimum, MaximumShare = maximum });
        Assert.Equal(missing, strategy.Create(1, width, new SeededRandom(1)).CountMissing());
    }

    [Fact]
    public void Create_ManyMasks_FavourNoSideOfThePicture()
    {
        var strategy = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumShare = 0.15, MaximumShare = 0.35 });
        double[] halves = new double[4];
        const int count = 1000;
        for (ulong seed = 0; seed < count; seed++)
        {
            Mask mask = strategy.Create(40, 40, new SeededRandom(seed));
            double all = mask.CountMissing();
            for (int row = 0; row < 40; row++)
            {
                for (int column = 0; column < 40; column++)
                {
                    if (mask[row, column])
                    {
                        halves[row < 20 ? 0 : 1] += 1 / all;
                        halves[column < 20 ? 2 : 3] += 1 / all;
                    }
                }
            }
        }

        // One mask's share of a half deviates by at most 0.5 from the mean: five standard errors.
        Assert.All(halves, half => Assert.Equal(0.5, half / count, 5 * 0.5 / Math.Sqrt(count)));
    }

    [Fact]
    public void Create_Defaults_AreStrokesOfABrush()
    {
        // Strokes are connected and at least as wide as the brush: few isolated pixels, and a plausible share.
        var strategy = new FreeFormMaskStrategy();
        double share = 0;
        for (ulong seed = 0; seed < 100; seed++)
        {
            Mask mask = strategy.Create(128, 128, new SeededRandom(seed));
            share += mask.MissingShare() / 100;
            Assert.InRange(CountRegions(mask), 1, 4);
        }

        Assert.InRange(share, 0.1, 0.5);
    }

    [Fact]
    public void Create_ThinBrush_MakesThinnerStrokesThanAWideOne()
    {
        var thin = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumBrushWidth = 0.001, MaximumBrushWidth = 0.001 });
        var wide = new FreeFormMaskStrategy(new FreeFormMaskOptions { MinimumBrushWidth = 0.2, MaximumBrushWidth = 0.2 });
        for (ulong seed = 0; seed < 20; seed++)
        {
            long few = thin.Create(100, 100, new SeededRandom(seed)).CountMissing();
            long many = wide.Create(100, 100, new SeededRandom(seed)).CountMissing();
            Assert.True(few * 4 < many, $"seed {seed}: {few} against {many}");
        }
    }

    [Fact]
    public void Create_RandomOfDotNet_IsUsed()
    {
        var strategy = new FreeFormMaskStrategy();
        Assert.Equal(
            strategy.Create(50, 50, new Random(1)).Values.ToArray(),
            strategy.Create(50, 50, new Random(1)).Values.ToArray());
    }

    [Fact]
    public void Create_WrongArguments_Throws()
    {
        var strategy = new FreeFormMaskStrategy();
        Assert.Throws<ArgumentNullException>("random", () => strategy.Create(4, 4, null!));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => strategy.Create(0, 4, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => strategy.Create(4, 0, new SeededRandom(1)));
    }

    [Fact]
    public void Constructor_SeveralWrongOptions_ReportsAllTogether()
    {
        var options = new FreeFormMaskOptions
        {
            MinimumStrokes = 5,
            MaximumStrokes = 4,
            MinimumVertices = 0,
            MaximumBrushWidth = double.NaN,
            MeanLength = 0,
            MaximumShare = 1.5,
        };
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new FreeFormMaskStrategy(options));
        Assert.Contains("MinimumStrokes (5) exceeds MaximumStrokes (4)", error.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumVertices is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumBrushWidth is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("MeanLength is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumShare is 1.5", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Counts groups of missing pixels that touch, corners included.</summary>
    private static int CountRegions(Mask mask)
    {
        bool[,] seen = new bool[mask.Height, mask.Width];
        int regions = 0;
        var open = new Stack<(int Row, int Column)>();
        for (int row = 0; row < mask.Height; row++)
        {
            for (int column = 0; column < mask.Width; column++)
            {
                if (Visit(row, column))
                {
                    regions++;
                    while (open.TryPop(out (int Row, int Column) pixel))
                    {
                        for (int i = 0; i < 9; i++)
                        {
                            Visit(pixel.Row + (i / 3) - 1, pixel.Column + (i % 3) - 1);
                        }
                    }
                }
            }
        }

        return regions;

        bool Visit(int row, int column)
        {
            if (row < 0 || column < 0 || row >= mask.Height || column >= mask.Width || seen[row, column] || !mask[row, column])
            {
                return false;
            }

            seen[row, column] = true;
            open.Push((row, column));
            return true;
        }
    }
}
