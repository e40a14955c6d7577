using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class FixedMaskStrategyTests
{
    private static readonly Mask Wide = MaskDrawing.Parse("##.", "...");
    private static readonly Mask Square = MaskDrawing.Parse("##", "..");

    [Fact]
    public void Create_OwnSize_IsTheMask() => AssertCreates(Wide, "##.", "...");

    [Fact]
    public void Create_OwnUprightSize_IsTheMask() => AssertCreates(Wide.Transpose(), "#.", "#.", "..");

    [Fact]
    public void Create_Smaller_CutsOffAtTheRightAndTheBottom() => AssertCreates(Wide, "##");

    [Fact]
    public void Create_Larger_RepeatsTheMask() => AssertCreates(Wide, "##.##.#", ".......", "##.##.#", ".......", "##.##.#");

    [Fact]
    public void Create_Upright_TransposesAMaskThatIsNot()
    {
        AssertCreates(Wide, "#.", "#.", "..");
        AssertCreates(Square, "#.", "#.", "#.");
    }

    [Fact]
    public void Create_Wide_TransposesAnUprightMask()
    {
        AssertCreates(Wide.Transpose(), "##.#");
        AssertCreates(Square, "###");
    }

    [Fact]
    public void Create_SquarePicture_DoesNotTranspose()
    {
        AssertCreates(Wide, "##", "..");
        AssertCreates(Wide.Transpose(), "#.", "#.");
    }

    [Fact]
    public void Create_MaskChangedAfterwards_KeepsItsCopy()
    {
        Mask mask = MaskDrawing.Parse("#.");
        var strategy = new FixedMaskStrategy(mask);
        mask.Values.Fill(1);
        strategy.Create(1, 2, new SeededRandom(1)).Values.Fill(1);
        Assert.Equal(["#."], MaskDrawing.Format(strategy.Create(1, 2, new SeededRandom(1))));
    }

    private static void AssertCreates(Mask mask, params string[] expected)
        => Assert.Equal(expected, MaskDrawing.Format(new FixedMaskStrategy(mask).Create(expected.Length, expected[0].Length, new SeededRandom(1))));
}
