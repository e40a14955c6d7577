using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Classical.Inpainting;

public sealed class TeleaRestorerTests
{
    [Fact]
    public async Task RestoreAsync_OneMissingPixel_IsTheWeightedMeanOfItsDisc()
    {
        // Radius 1, one missing pixel: only the four neighbours count. All have the same distance, so the gradient of the distances
        // is zero, all weights are equal, and the mean is plain.
        using var restorer = new TeleaRestorer(new TeleaOptions { Radius = 1 }, 1);
        using ImageTensor image = ImageTensor.Wrap(new[] { 1f, 0.1f, 1f, 0.2f, 1f, 0.4f, 1f, 0.5f, 1f }, ImageShape.Single(1, 3, 3));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, new Mask(3, 3) { [1, 1] = true }));

        Assert.Equal(0.3f, result.Image.Span[4], 1e-6f);
    }

    [Fact]
    public async Task RestoreAsync_StripesAcrossAGap_ContinueFromBothSides()
    {
        // Every row is constant along the marching direction except at the borders of the stripes, far from which nothing mixes.
        using var restorer = new TeleaRestorer(channels: 1);
        using ImageTensor image = InpaintingTestData.Picture(60, 40, (_, y) => y < 30 ? 0.2f : 0.8f);
        Mask mask = InpaintingTestData.Rectangle(60, 40, 0, 15, 60, 10);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        for (int x = 15; x < 25; x++)
        {
            Assert.Equal(0.2f, result.Image.Row(0, 0, 5)[x], 1e-3f);
            Assert.Equal(0.8f, result.Image.Row(0, 0, 55)[x], 1e-3f);
        }
    }

    [Fact]
    public void March_Disc_GivesDistancesFromTheRim()
    {
        const int size = 61;
        var mask = new Mask(size, size);
        for (int i = 0; i < size * size; i++)
        {
            mask.Values[i] = Radius(i % size, i / size) < 25 ? (byte)1 : (byte)0;
        }

        var front = new FastMarching(mask);
        var visited = new List<int>();
        front.MarchOutside(4, CancellationToken.None);
        front.MarchInside(visited.Add, CancellationToken.None);

        Assert.Equal(mask.CountMissing(), visited.Distinct().Count());
        for (int i = 0; i < size * size; i++)
        {
            int position = (((i / size) + 1) * front.Stride) + (i % size) + 1;
            double exact = 25 - Radius(i % size, i / size);
            if (front.IsReached(position))
            {
                // The rim's pixels are up to one and a half pixels beyond the circle; the scheme is of first order.
                Assert.InRange(front.Distances[position], exact - 1, exact + 2.5);
            }
            else
            {
                Assert.True(exact < -2);
            }
        }

        static double Radius(int x, int y) => Math.Sqrt(((x - 30) * (x - 30)) + ((y - 30) * (y - 30)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Create_RadiusOutOfRange_IsRefused(int radius)
        => Assert.Contains($"Radius is {radius}", Assert.Throws<ArgumentException>(() => new TeleaRestorer(new TeleaOptions { Radius = radius }, 3)).Message, StringComparison.Ordinal);
}
