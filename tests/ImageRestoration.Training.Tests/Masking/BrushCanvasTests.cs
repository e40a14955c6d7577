using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class BrushCanvasTests
{
    [Fact]
    public void Paint_AnySegment_CoversThePixelsWithinTheRadius()
    {
        var random = new SeededRandom(1);
        for (int trial = 0; trial < 400; trial++)
        {
            int height = random.Next(1, 40);
            int width = random.Next(1, 40);
            var from = new BrushPoint(random.NextDouble() * width, random.NextDouble() * height);
            var to = new BrushPoint(random.NextDouble() * width, random.NextDouble() * height);
            to = (trial % 5) switch
            {
                0 => to with { X = from.X },
                1 => to with { Y = from.Y },
                2 => from,
                _ => to,
            };
            AssertCoverage(height, width, new BrushSegment(from, to, random.NextDouble() * 8));
        }
    }

    [Theory]
    [InlineData(-30, -30, 60, 70, 5)]
    [InlineData(-1e12, 10, 1e12, 10, 3)]
    [InlineData(50, 50, 60, 60, 2)]
    [InlineData(10, 10, 10, 10, 1e9)]
    public void Paint_BeyondTheBorders_IsCutOff(double fromX, double fromY, double toX, double toY, double radius)
        => AssertCoverage(20, 25, new BrushSegment(new BrushPoint(fromX, fromY), new BrushPoint(toX, toY), radius));

    [Fact]
    public void CountNew_OverlappingSegments_CountsEachPixelOnce()
    {
        var mask = new Mask(30, 30);
        var canvas = new BrushCanvas(mask);
        var first = new BrushSegment(new BrushPoint(5, 5), new BrushPoint(20, 20), 4);
        var second = new BrushSegment(new BrushPoint(20, 5), new BrushPoint(5, 20), 4);
        canvas.Paint(first);
        Assert.Equal(0, canvas.CountNew(first));
        long added = canvas.CountNew(second);
        long before = canvas.Missing;
        Assert.Equal(mask.CountMissing(), before);
        canvas.Paint(second);
        Assert.Equal(before + added, canvas.Missing);
        Assert.Equal(mask.CountMissing(), canvas.Missing);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(100)]
    public void FillRows_AnyNumber_ReachesItExactly(int wanted)
    {
        var mask = new Mask(10, 10);
        mask[4, 4] = wanted > 0;
        var canvas = new BrushCanvas(mask);
        canvas.FillRows(wanted, new SeededRandom(2));
        Assert.Equal(wanted, mask.CountMissing());
        Assert.Equal(wanted, canvas.Missing);
    }

    private static void AssertCoverage(int height, int width, BrushSegment segment)
    {
        var mask = new Mask(height, width);
        new BrushCanvas(mask).Paint(segment);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double distance = Distance(segment, column + 0.5, row + 0.5);

                // On the very rim, rounding decides.
                if (Math.Abs(distance - segment.Radius) > 1e-9 * Math.Max(1, segment.Radius))
                {
                    Assert.True(mask[row, column] == distance < segment.Radius, $"{segment}: pixel {column}, {row} at distance {distance}");
                }
            }
        }
    }

    private static double Distance(BrushSegment segment, double x, double y)
    {
        double dx = segment.To.X - segment.From.X;
        double dy = segment.To.Y - segment.From.Y;
        double square = (dx * dx) + (dy * dy);
        double share = square == 0 ? 0 : Math.Clamp((((x - segment.From.X) * dx) + ((y - segment.From.Y) * dy)) / square, 0, 1);
        return Math.Sqrt(Math.Pow(x - segment.From.X - (share * dx), 2) + Math.Pow(y - segment.From.Y - (share * dy), 2));
    }
}
