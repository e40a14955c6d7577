using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class BorderMaskStrategyTests
{
    [Theory]
    [InlineData(BorderSides.Top, "######", "......", "......", "......")]
    [InlineData(BorderSides.Bottom, "......", "......", "......", "######")]
    [InlineData(BorderSides.Left, "#.....", "#.....", "#.....", "#.....")]
    [InlineData(BorderSides.Right, ".....#", ".....#", ".....#", ".....#")]
    [InlineData(BorderSides.Top | BorderSides.Right, "######", ".....#", ".....#", ".....#")]
    [InlineData(BorderSides.All, "######", "#....#", "#....#", "######")]
    public void Create_OnePixel_IsMissingAtTheChosenSides(BorderSides sides, params string[] expected)
    {
        var strategy = new BorderMaskStrategy(new BorderMaskOptions { Sides = sides, Unit = BorderWidthUnit.Pixels, MinimumWidth = 1, MaximumWidth = 1 });
        Assert.Equal(expected, MaskDrawing.Format(strategy.Create(4, 6, new SeededRandom(1))));
    }

    [Theory]
    [InlineData(0.25, "########", "##....##", "##....##", "########")]
    [InlineData(0.5, "########", "########", "########", "########")]
    [InlineData(1, "########", "########", "########", "########")]
    [InlineData(0, "........", "........", "........", "........")]
    public void Create_ShareOfTheSize_IsMeasuredAlongEachSide(double width, params string[] expected)
    {
        var strategy = new BorderMaskStrategy(new BorderMaskOptions { MinimumWidth = width, MaximumWidth = width });
        Assert.Equal(expected, MaskDrawing.Format(strategy.Create(4, 8, new SeededRandom(1))));
    }

    [Fact]
    public void Create_RandomWidths_AreDrawnForEachSideInTheWholeRange()
    {
        var strategy = new BorderMaskStrategy(new BorderMaskOptions { Unit = BorderWidthUnit.Pixels, MinimumWidth = 2, MaximumWidth = 5 });
        var seen = new HashSet<(int Top, int Left)>();
        for (ulong seed = 0; seed < 500; seed++)
        {
            Mask mask = strategy.Create(30, 30, new SeededRandom(seed));
            int top = Enumerable.Range(0, 30).First(row => !mask[row, 15]);
            int left = Enumerable.Range(0, 30).First(column => !mask[15, column]);
            Assert.InRange(top, 2, 5);
            Assert.InRange(left, 2, 5);
            seen.Add((top, left));
        }

        Assert.Equal(16, seen.Count);
    }

    [Fact]
    public void Constructor_WrongOptions_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new BorderMaskStrategy(new BorderMaskOptions
        {
            Sides = BorderSides.None,
            MinimumWidth = 1.5,
            MaximumWidth = double.NaN,
        }));
        Assert.Contains("Sides is None", error.Message, StringComparison.Ordinal);
        Assert.Contains("MinimumWidth is 1.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaximumWidth is NaN", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.5, 3)]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    [InlineData(0, double.PositiveInfinity)]
    public void Constructor_WrongPixels_Throws(double minimum, double maximum)
        => Assert.Throws<ArgumentException>("options", () => new BorderMaskStrategy(new BorderMaskOptions { Unit = BorderWidthUnit.Pixels, MinimumWidth = minimum, MaximumWidth = maximum }));

    [Fact]
    public void Constructor_UnknownEnumValues_Throws()
    {
        Assert.Throws<ArgumentException>("options", () => new BorderMaskStrategy(new BorderMaskOptions { Sides = (BorderSides)16 }));
        Assert.Throws<ArgumentException>("options", () => new BorderMaskStrategy(new BorderMaskOptions { Unit = (BorderWidthUnit)2 }));
    }
}
