using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class NearestPixelsTests
{
    [Fact]
    public void Find_RandomMasks_TakesTheNearestAndOfThoseTheLeftmostThenTheUpper()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new SeededRandom(seed);
            int height = random.Next(1, 20);
            int width = random.Next(1, 20);
            Mask mask = new PointMaskStrategy(0, 0.3).Create(height, width, random);
            byte value = (byte)(seed % 2);
            mask = value == 1 ? mask : mask.Invert();
            using NearestPixels? nearest = NearestPixels.Find(mask, value);
            (int Row, int Column)[] wanted =
            [
                .. from column in Enumerable.Range(0, width)
                   from row in Enumerable.Range(0, height)
                   where mask[row, column] == (value == 1)
                   select (row, column),
            ];
            Assert.Equal(wanted.Length == 0, nearest is null);
            if (nearest is null)
            {
                continue;
            }

            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    // MinBy takes the first of several, and they come column by column.
                    (int y, int x) = wanted.MinBy(pixel => Square(pixel.Row - row) + Square(pixel.Column - column));
                    Assert.Equal((y * width) + x, nearest.Indices[(row * width) + column]);
                    Assert.Equal(Square(y - row) + Square(x - column), nearest.SquaredDistance(row, column));
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 200_000)]
    [InlineData(200_000, 1)]
    public void Find_LongLine_DoesNotOverflow(int height, int width)
    {
        var mask = new Mask(height, width);
        mask.Values[0] = 1;
        using NearestPixels? nearest = NearestPixels.Find(mask, 1);
        Assert.NotNull(nearest);
        Assert.Equal(199_999L * 199_999, nearest.SquaredDistance(height - 1, width - 1));
    }

    private static int Square(int value) => value * value;
}
