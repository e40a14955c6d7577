using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class ScratchMaskStrategyTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(180, true)]
    [InlineData(90, false)]
    [InlineData(-90, false)]
    public void Create_StraightAlongAnAxis_IsOneLineAcrossThePicture(double angle, bool isRow)
    {
        var strategy = new ScratchMaskStrategy(One with { MinimumAngle = angle, MaximumAngle = angle, MinimumWidth = 0.01, MaximumWidth = 0.01 });
        for (ulong seed = 0; seed < 20; seed++)
        {
            Mask mask = strategy.Create(100, 80, new SeededRandom(seed));
            Mask across = isRow ? mask : mask.Transpose();
            Assert.Equal(across.Width, mask.CountMissing());
            int row = across.Values.IndexOf((byte)1) / across.Width;
            Assert.Equal(-1, across.Row(row).IndexOf((byte)0));
        }
    }

    [Fact]
    public void Create_PositiveAngle_FallsToTheRight()
    {
        var strategy = new ScratchMaskStrategy(One with { MinimumAngle = 45, MaximumAngle = 45 });
        Mask mask = strategy.Create(50, 50, new SeededRandom(3));
        int first = mask.Values.IndexOf((byte)1);
        int last = mask.Values.LastIndexOf((byte)1);
        Assert.True(first % 50 < last % 50);
        Assert.Equal((last / 50) - (first / 50), (last % 50) - (first % 50), 2.0);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    public void Create_Width_IsThatOfTheScratch(double width)
    {
        var strategy = new ScratchMaskStrategy(One with { MinimumAngle = 90, MaximumAngle = 90, MinimumWidth = width, MaximumWidth = width });
        int[] widths = [.. Enumerable.Range(0, 50).Select(seed => strategy.Create(400, 300, new SeededRandom((ulong)seed)).Row(200).Count((byte)1))];

        // A scratch around the centre of a pixel covers an odd number of pixels; the picture's edge may cut it.
        Assert.InRange(widths.Max(), (width * 300) - 1, (width * 300) + 1);
    }

    [Fact]
    public void Create_Wavering_BendsScratchesWithinItsAngle()
    {
        ScratchMaskOptions options = One with { MinimumAngle = 0, MaximumAngle = 0, Wavering = 20 };
        var strategy = new ScratchMaskStrategy(options);
        int bent = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            Mask mask = strategy.Create(300, 300, new SeededRandom(seed));
            int[] middles = [.. Enumerable.Range(0, 300).Select(column => Middle(mask, column)).Where(middle => middle >= 0)];
            for (int i = 10; i < middles.Length; i++)
            {
                // The tangent of 20 degrees is 0.364; a pixel or two for the rounding.
                Assert.InRange(Math.Abs(middles[i] - middles[i - 10]), 0, 6);
            }

            // Far from the chord at its middle: bent.
            bent += Math.Abs(middles[middles.Length / 2] - ((middles[0] + middles[^1]) / 2)) >= 3 ? 1 : 0;
        }

        Assert.InRange(bent, 20, 40);

        static int Middle(Mask mask, int column)
        {
            int[] rows = [.. Enumerable.Range(0, mask.Height).Where(row => mask[row, column])];
            return rows.Length == 0 ? -1 : (rows[0] + rows[^1]) / 2;
        }
    }

    [Fact]
    public void Create_Defaults_AreThinScratchesInEveryMask()
    {
        var strategy = new ScratchMaskStrategy();
        for (ulong seed = 0; seed < 50; seed++)
        {
            Mask mask = strategy.Create(400, 600, new SeededRandom(seed));
            Assert.InRange(mask.MissingShare(), 0.0005, 0.1);

            // The widest is 4 pixels: what it covers disappears when it is made thinner by 3 on both sides, but for crossings.
            Assert.InRange(mask.Erode(3).MissingShare(), 0, 0.001);
        }
    }

    [Fact]
    public void Constructor_WrongOptions_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new ScratchMaskStrategy(new ScratchMaskOptions
        {
            MinimumCount = 11,
            MinimumWidth = 0,
            MaximumLength = 2.5,
            MinimumAngle = 200,
            Wavering = 100,
        }));
        Assert.Contains("MinimumCount (11) exceeds MaximumCount (10)", error.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumWidth is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumLength is 2.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumAngle (200) exceeds MaximumAngle (180)", error.Message, StringComparison.Ordinal);
        Assert.Contains("Wavering is 100", error.Message, StringComparison.Ordinal);
    }

    /// <summary>One straight scratch that crosses the picture.</summary>
    private static ScratchMaskOptions One => new() { MinimumCount = 1, MaximumCount = 1, MinimumLength = 2, MaximumLength = 2, Wavering = 0 };
}
