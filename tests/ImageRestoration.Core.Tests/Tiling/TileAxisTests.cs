using ImageRestoration.Numerics;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Tiling;

public sealed class TileAxisTests
{
    [Fact]
    public void Create_RandomRules_TilesCoverThePictureExactlyAndShareSeamsOnly()
    {
        for (ulong seed = 0; seed < 4000; seed++)
        {
            var random = new SeededRandom(seed);
            int multiple = random.Next(1, 9), alignment = multiple * random.Next(1, 5);
            int before = multiple * random.Next(6), after = multiple * random.Next(6), seam = random.Next(2) * random.Next(1, 20);
            var rules = new TileAxisRules(multiple, alignment, 0, before, after, seam);
            rules = rules with { LargestTile = rules.SmallestLimit + random.Next(60) };
            int extent = random.Next(1, 500), padded = (extent + multiple - 1) / multiple * multiple;

            TileAxis axis = TileAxis.Create(extent, rules);

            string what = $"seed {seed}, {rules}, extent {extent}";
            Assert.True(axis.Tile <= rules.LargestTile && axis.Tile % multiple == 0, what);
            Assert.Equal(padded, axis.Start(axis.Count - 1) + axis.Tile);
            Assert.Equal(0, axis.From(0));
            Assert.Equal(extent, axis.To(axis.Count - 1));
            for (int i = 0; i < axis.Count; i++)
            {
                Assert.True(axis.Start(i) % alignment == 0, what);
                Assert.True(i == 0 || axis.From(i) >= axis.Start(i) + before, what);
                Assert.True(i == axis.Count - 1 || axis.To(i) <= axis.Start(i) + axis.Tile - after, what);
                Assert.True(i == axis.Count - 1 || axis.To(i) == axis.From(i + 1) + seam, what);
                Assert.True(i < 2 || axis.From(i) >= axis.To(i - 2), what);
                Assert.True(axis.From(i) < axis.To(i) || i < axis.Count - 1, what);

                // What a tile mirrors beyond the picture's end lies within it.
                Assert.True(axis.Count == 1 || axis.Start(axis.Count - 1) <= (2 * extent) - 1 - padded, what);
            }

            for (int position = 0; position < extent; position++)
            {
                float sum = 0;
                for (int i = 0; i < axis.Count; i++)
                {
                    if (position >= axis.From(i) && position < axis.To(i))
                    {
                        float weight = axis.Weight(i, position);
                        Assert.True(weight is > 0 and <= 1, what);
                        sum += weight;
                    }
                }

                Assert.True(Math.Abs(sum - 1) < 1e-6, $"{what}: weights at {position} add up to {sum}");
            }
        }
    }

    [Fact]
    public void Create_PictureALittleLargerThanATile_TilesAreEven()
    {
        TileAxis axis = TileAxis.Create(520, new TileAxisRules(8, 8, 512, 16, 16, 0));

        Assert.Equal(2, axis.Count);
        Assert.Equal(280, axis.Tile);
    }
}
