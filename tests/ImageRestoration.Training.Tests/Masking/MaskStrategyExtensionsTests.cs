using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class MaskStrategyExtensionsTests
{
    private static readonly RegionMaskStrategy First = new();
    private static readonly PointMaskStrategy Second = new(0.2, 0.3);

    [Fact]
    public void Combinations_OfTwo_DrawBothFromOneSource()
    {
        var random = new SeededRandom(7);
        Mask first = First.Create(40, 50, random);
        Mask second = Second.Create(40, 50, random);
        AssertEqual(first.Union(second), First.Union(Second).Create(40, 50, new SeededRandom(7)));
        AssertEqual(first.Intersect(second), First.Intersect(Second).Create(40, 50, new SeededRandom(7)));
    }

    [Fact]
    public void Changes_OfOne_AreThoseOfTheMask()
    {
        Mask mask = First.Create(40, 50, new SeededRandom(7));
        AssertEqual(mask.Invert(), First.Invert().Create(40, 50, new SeededRandom(7)));
        AssertEqual(mask.Dilate(3), First.Dilate(3).Create(40, 50, new SeededRandom(7)));
        AssertEqual(mask.Erode(3), First.Erode(3).Create(40, 50, new SeededRandom(7)));
    }

    [Fact]
    public void Extensions_WrongArguments_ThrowWhenMade()
    {
        Assert.Throws<ArgumentNullException>("first", () => ((IMaskStrategy)null!).Union(First));
        Assert.Throws<ArgumentNullException>("second", () => First.Intersect(null!));
        Assert.Throws<ArgumentNullException>("strategy", () => ((IMaskStrategy)null!).Invert());
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => First.Dilate(-1));
        Assert.Throws<ArgumentOutOfRangeException>("radius", () => First.Erode(double.NaN));
    }

    private static void AssertEqual(Mask expected, Mask actual) => Assert.Equal(MaskDrawing.Format(expected), MaskDrawing.Format(actual));

    [Fact]
    public void Crop_SmallPatches_SeePartsOfHolesAsLargeAsInThePicture()
    {
        var random = new SeededRandom(8);
        IMaskStrategy regions = new RegionMaskStrategy(new RegionMaskOptions { Shapes = RegionShapes.Rectangle, MinimumCount = 1, MaximumCount = 1, MinimumSize = 0.375, MaximumSize = 0.375 });
        int mixed = 0;
        for (int i = 0; i < 100; i++)
        {
            Mask mask = regions.Crop(128, 128).Create(32, 32, random);
            long missing = mask.CountMissing();
            mixed += missing is > 0 and < 32 * 32 ? 1 : 0;

            // A square of 48 in a picture of 128 cannot end on both sides within a window of 32.
            Assert.True(missing == 0 || mask[0, 0] || mask[0, 31] || mask[31, 0] || mask[31, 31], "The hole is smaller than in the picture.");
        }

        // Eight tries, of which each meets the hole's edge with a chance of a third or so.
        Assert.InRange(mixed, 80, 100);
    }

    [Fact]
    public void Crop_LargerThanThePicture_IsTheStrategysOwnMask()
        => Assert.Equal(
            new FreeFormMaskStrategy().Create(40, 50, new SeededRandom(3)).Values,
            new FreeFormMaskStrategy().Crop(40, 32).Create(40, 50, new SeededRandom(3)).Values);

    [Fact]
    public void Crop_NoSize_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new FreeFormMaskStrategy().Crop(0, 5));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => new FreeFormMaskStrategy().Crop(5, 0));
    }
}
