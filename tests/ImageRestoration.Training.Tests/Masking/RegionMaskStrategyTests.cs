using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class RegionMaskStrategyTests
{
    [Fact]
    public void Create_RectangleOfFixedSize_IsOneRectangleAnywhere()
    {
        var strategy = new RegionMaskStrategy(new RegionMaskOptions { Shapes = RegionShapes.Rectangle, MinimumCount = 1, MaximumCount = 1, MinimumSize = 0.5, MaximumSize = 0.5 });
        var positions = new HashSet<(int Top, int Left)>();
        for (ulong seed = 0; seed < 400; seed++)
        {
            Mask mask = strategy.Create(6, 8, new SeededRandom(seed));
            int first = mask.Values.IndexOf((byte)1);
            (int top, int left) = (first / 8, first % 8);
            for (int row = 0; row < 6; row++)
            {
                for (int column = 0; column < 8; column++)
                {
                    Assert.Equal(row >= top && row < top + 3 && column >= left && column < left + 4, mask[row, column]);
                }
            }

            positions.Add((top, left));
        }

        Assert.Equal(4 * 5, positions.Count);
    }

    [Theory]
    [InlineData(40, 60)]
    [InlineData(41, 7)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 300)]
    public void Create_EllipseAsLargeAsThePicture_CoversThePixelsWithinIt(int height, int width)
    {
        var strategy = new RegionMaskStrategy(new RegionMaskOptions { Shapes = RegionShapes.Ellipse, MinimumCount = 1, MaximumCount = 1, MinimumSize = 1, MaximumSize = 1 });
        Mask mask = strategy.Create(height, width, new SeededRandom(1));
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double y = ((2 * row) + 1 - height) / (double)height;
                double x = ((2 * column) + 1 - width) / (double)width;
                double square = (x * x) + (y * y);

                // On the very rim, rounding decides.
                if (Math.Abs(square - 1) > 1e-9)
                {
                    Assert.True(mask[row, column] == square < 1, $"pixel {row}, {column} at {square}");
                }
            }
        }
    }

    [Fact]
    public void Create_BothShapesAndSeveralCounts_OccurAll()
    {
        // Tiny regions in a large picture hardly ever touch: pixels count regions.
        var strategy = new RegionMaskStrategy(new RegionMaskOptions { MinimumCount = 1, MaximumCount = 3, MinimumSize = 1e-6, MaximumSize = 1e-6 });
        var counts = new HashSet<long>();
        for (ulong seed = 0; seed < 50; seed++)
        {
            counts.Add(strategy.Create(1000, 1000, new SeededRandom(seed)).CountMissing());
        }

        Assert.Equal([1L, 2L, 3L], counts.Order());

        var large = new RegionMaskStrategy(new RegionMaskOptions { MinimumCount = 1, MaximumCount = 1, MinimumSize = 1, MaximumSize = 1 });
        bool[] corners = [.. Enumerable.Range(0, 50).Select(seed => large.Create(20, 20, new SeededRandom((ulong)seed))[0, 0])];
        Assert.InRange(corners.Count(isRectangle => isRectangle), 8, 42);
    }

    [Fact]
    public void Constructor_WrongOptions_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new RegionMaskStrategy(new RegionMaskOptions
        {
            Shapes = (RegionShapes)4,
            MinimumCount = 0,
            MaximumCount = 2000,
            MinimumSize = 0.5,
            MaximumSize = 0.25,
        }));
        Assert.Contains("Shapes is 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumCount is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumCount is 2000", error.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumSize (0.5) exceeds MaximumSize (0.25)", error.Message, StringComparison.Ordinal);
    }
}
