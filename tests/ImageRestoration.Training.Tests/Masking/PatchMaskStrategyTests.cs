using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class PatchMaskStrategyTests
{
    [Fact]
    public void Create_MaskedAutoencoderSettings_MissesThreeQuartersOfThePatches()
    {
        var strategy = new PatchMaskStrategy(16, 0.75);
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Equal(147 * 256, strategy.Create(224, 224, new SeededRandom(seed)).CountMissing());
        }
    }

    [Theory]
    [InlineData(12, 20, 4)]
    [InlineData(13, 18, 4)]
    [InlineData(5, 7, 1)]
    [InlineData(5, 7, 100)]
    public void Create_AnySize_ConsistsOfWholePatches(int height, int width, int patch)
    {
        int rows = (height + patch - 1) / patch;
        int columns = (width + patch - 1) / patch;
        var strategy = new PatchMaskStrategy(patch, 0.5);
        for (ulong seed = 0; seed < 20; seed++)
        {
            Mask mask = strategy.Create(height, width, new SeededRandom(seed));
            int missing = 0;
            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    bool corner = mask[row / patch * patch, column / patch * patch];
                    Assert.Equal(corner, mask[row, column]);
                    missing += corner && row % patch == 0 && column % patch == 0 ? 1 : 0;
                }
            }

            Assert.InRange(missing, (int)Math.Floor(rows * columns * 0.5), (int)Math.Ceiling(rows * columns * 0.5));
        }
    }

    [Fact]
    public void Constructor_WrongArguments_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PatchMaskStrategy(0, 0.5, 2));
        Assert.Contains("patchSize is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("maximumShare is 2", error.Message, StringComparison.Ordinal);
    }
}
