using ImageRestoration.Classical.Completion;
using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Classical.Completion;

public sealed class NearestRestorerTests
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
            Mask mask = CompletionTestData.Points(height, width, share, seed);

            using NearestPixels found = NearestPixels.Find(mask, 0)!;
            int[] nearest = found.Indices.ToArray();

            int[] known = [.. Enumerable.Range(0, nearest.Length).Where(i => mask.Values[i] == 0)];
            for (int i = 0; i < nearest.Length; i++)
            {
                Assert.Equal(0, mask.Values[nearest[i]]);
                Assert.Equal(known.Min(k => Square(i, k, width)), Square(i, nearest[i], width));
            }
        }
    }

    private static int Square(int a, int b, int width)
        => (((a / width) - (b / width)) * ((a / width) - (b / width))) + (((a % width) - (b % width)) * ((a % width) - (b % width)));
}
