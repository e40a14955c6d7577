using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

public sealed class NearestPixelsTests
{
    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 40, 0.9)]
    [InlineData(40, 1, 0.9)]
    [InlineData(33, 47, 0.8)]
    [InlineData(70, 30, 0.99)]
    [InlineData(20, 20, 0)]
    public void Find_AnyMask_GivesAKnownPixelAtTheSmallestDistance(int height, int width, double share)
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            Mask mask = Points(height, width, share, seed);

            using NearestPixels found = NearestPixels.Find(mask, missing: false)!;
            int[] nearest = found.Indices.ToArray();

            int[] known = [.. Enumerable.Range(0, nearest.Length).Where(i => mask.Values[i] == 0)];
            for (int i = 0; i < nearest.Length; i++)
            {
                Assert.Equal(0, mask.Values[nearest[i]]);
                Assert.Equal(known.Min(k => Square(i, k, width)), Square(i, nearest[i], width));
            }
        }
    }

    // At least one pixel is known.
    private static Mask Points(int height, int width, double share, ulong seed)
    {
        var mask = new Mask(height, width);
        var random = new SeededRandom(seed);
        foreach (ref byte value in mask.Values)
        {
            value = random.NextDouble() < share ? (byte)1 : (byte)0;
        }

        mask.Values[random.Next(mask.Values.Length)] = 0;
        return mask;
    }

    private static int Square(int a, int b, int width)
        => (((a / width) - (b / width)) * ((a / width) - (b / width))) + (((a % width) - (b % width)) * ((a % width) - (b % width)));
}
