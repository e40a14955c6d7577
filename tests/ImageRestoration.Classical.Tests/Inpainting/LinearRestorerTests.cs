using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical.Inpainting;

public sealed class LinearRestorerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task RestoreAsync_Plane_IsRecovered(ulong seed)
    {
        using var restorer = new LinearRestorer(1);
        using ImageTensor image = InpaintingTestData.Picture(41, 57, (x, y) => 0.1f + (0.005f * x) + (0.01f * y));
        Mask mask = InpaintingTestData.Points(41, 57, 0.7, seed);
        for (int y = 5; y < 30; y++)
        {
            mask.Values.Slice((y * 57) + 8, 30).Fill(1);
        }

        // With the corners known, every pixel is in the convex hull.
        mask[0, 0] = mask[0, 56] = mask[40, 0] = mask[40, 56] = false;

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.True(InpaintingTestData.LargestError(image, result.Image, mask) < 1e-5, "The largest error is not below 1e-5.");
    }

    [Fact]
    public async Task RestoreAsync_OutsideTheHull_TakesTheNearestPixel()
    {
        using var restorer = new LinearRestorer(1);
        using ImageTensor image = InpaintingTestData.Picture(3, 6, (x, _) => x / 10f);
        Mask mask = InpaintingTestData.Rectangle(3, 6, 0, 4, 3, 2);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Equal([0f, 0.1f, 0.2f, 0.3f, 0.3f, 0.3f], result.Image.Row(0, 0, 1).ToArray());
    }

    [Theory]
    [InlineData(3, 3, 1)]
    [InlineData(12, 9, 1)]
    [InlineData(40, 40, 0.1)]
    [InlineData(1, 20, 0.5)]
    [InlineData(300, 200, 0.004)]
    public void Triangulation_OfPixels_HasEmptyCirclesAndCoversTheHull(int height, int width, double share)
    {
        var random = new SeededRandom(1);
        LatticePoint[] points = [.. Enumerable.Range(0, height * width).Where(_ => random.NextDouble() < share).Select(i => new LatticePoint(i % width, i / width))];

        var triangulation = new DelaunayTriangulation(points, CancellationToken.None);

        Assert.Equal((2 * points.Length) + 1, triangulation.Count);
        long area = 0;
        for (int i = 0; i < triangulation.Count; i++)
        {
            (LatticePoint a, LatticePoint b, LatticePoint c) = triangulation[i];
            Assert.True(LatticePoint.Cross(a, b, c) > 0);
            if (triangulation.IsFinite(i))
            {
                area += LatticePoint.Cross(a, b, c);
                Assert.DoesNotContain(points, p => LatticePoint.IsInCircle(a, b, c, p));
            }
        }

        Assert.Equal(HullArea(points), area);
    }

    /// <summary>Twice the area of the convex hull (Andrew's monotone chain).</summary>
    private static long HullArea(LatticePoint[] points)
    {
        LatticePoint[] sorted = [.. points.OrderBy(p => p.X).ThenBy(p => p.Y)];
        List<LatticePoint> hull = [.. Chain(sorted), .. Chain([.. sorted.Reverse()])];
        return Enumerable.Range(1, hull.Count - 1).Sum(i => LatticePoint.Cross(hull[0], hull[i - 1], hull[i]));
    }

    private static List<LatticePoint> Chain(LatticePoint[] points)
    {
        List<LatticePoint> chain = [];
        foreach (LatticePoint point in points)
        {
            while (chain.Count > 1 && LatticePoint.Cross(chain[^2], chain[^1], point) <= 0)
            {
                chain.RemoveAt(chain.Count - 1);
            }

            chain.Add(point);
        }

        return chain;
    }
}
