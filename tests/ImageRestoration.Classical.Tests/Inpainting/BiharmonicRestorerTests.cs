using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Tests.Classical.Inpainting;

public sealed class BiharmonicRestorerTests
{
    [Fact]
    public async Task RestoreAsync_CubicPicture_IsRecovered()
    {
        // Differences of the fourth order vanish for cubics, so a hole away from the border is filled exactly. It is in the
        // picture's corner region in which values stay between those of the known pixels.
        using var restorer = new BiharmonicRestorer(1);
        using ImageTensor image = InpaintingTestData.Picture(90, 110, (x, y) => Cubic((x - 55) / 110.0, (y - 45) / 110.0));
        Mask mask = InpaintingTestData.Rectangle(90, 110, 15, 12, 60, 85);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.True(InpaintingTestData.LargestError(image, result.Image, mask) < 1e-3, "The largest error is not below 1e-3, a quarter of a level of 8 bits.");

        static float Cubic(double x, double y) => (float)(0.5 + (0.9 * x * x * y) - (0.4 * y * y * y) + (0.3 * x * y) + (0.2 * x));
    }

    [Theory]
    [InlineData(1, 12, 0.6)]
    [InlineData(12, 1, 0.6)]
    [InlineData(2, 15, 0.7)]
    [InlineData(9, 11, 0.9)]
    [InlineData(16, 13, 0.5)]
    [InlineData(15, 18, 0.99)]
    public async Task RestoreAsync_AnyMask_SolvesTheEquation(int height, int width, double share)
    {
        using var restorer = new BiharmonicRestorer(1);
        for (ulong seed = 0; seed < 3; seed++)
        {
            using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, height, width), seed);
            Mask mask = InpaintingTestData.Points(height, width, share, seed);
            using ImageTensor expected = Solve(image, mask);

            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

            float error = InpaintingTestData.LargestError(expected, result.Image, mask);
            Assert.True(error < 1e-3, $"The largest error is {error} and not below 1e-3, a quarter of a level of 8 bits.");
        }
    }

    [Fact]
    public async Task RestoreAsync_LargePictureNextToHole_GivesWhatACropGives()
    {
        using var restorer = new BiharmonicRestorer(1);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 60, 80), seed: 8);
        Mask mask = InpaintingTestData.Rectangle(60, 80, 20, 30, 10, 12);
        using ImageTensor crop = InpaintingTestData.Picture(20, 22, (x, y) => image.Row(0, 0, y + 15)[x + 25]);

        // Equal extremes, because results are limited to the range of the known values.
        foreach (ImageTensor picture in new[] { image, crop })
        {
            picture.Span[0] = 0;
            picture.Span[1] = 1;
        }

        using RestorationResult whole = await restorer.RestoreAsync(new RestorationRequest(image, mask));
        using RestorationResult part = await restorer.RestoreAsync(new RestorationRequest(crop, InpaintingTestData.Rectangle(20, 22, 5, 5, 10, 12)));

        for (int y = 0; y < 10; y++)
        {
            for (int x = 0; x < 12; x++)
            {
                Assert.Equal(part.Image.Row(0, 0, y + 5)[x + 5], whole.Image.Row(0, 0, y + 20)[x + 30], 1e-3f);
            }
        }
    }

    /// <summary>Minimises the sum of squared Laplacians by Gaussian elimination.</summary>
    private static ImageTensor Solve(ImageTensor image, Mask mask)
    {
        (int height, int width) = (image.Height, image.Width);
        double[,] laplacian = new double[height * width, height * width];
        for (int i = 0; i < height * width; i++)
        {
            foreach ((int dy, int dx) in new[] { (-1, 0), (1, 0), (0, -1), (0, 1) })
            {
                (int y, int x) = ((i / width) + dy, (i % width) + dx);
                if (y >= 0 && y < height && x >= 0 && x < width)
                {
                    laplacian[i, (y * width) + x]++;
                    laplacian[i, i]--;
                }
            }
        }

        int[] unknown = [.. Enumerable.Range(0, height * width).Where(i => mask.Values[i] != 0)];
        double[,] system = new double[unknown.Length, unknown.Length + 1];
        for (int i = 0; i < unknown.Length; i++)
        {
            for (int j = 0; j < height * width; j++)
            {
                double product = Enumerable.Range(0, height * width).Sum(k => laplacian[k, unknown[i]] * laplacian[k, j]);
                int column = Array.IndexOf(unknown, j);
                system[i, column >= 0 ? column : unknown.Length] += column >= 0 ? product : -product * image.Span[j];
            }
        }

        double[] solution = Eliminate(system, unknown.Length);
        ImageTensor result = image.Clone();
        (float minimum, float maximum) = (float.MaxValue, float.MinValue);
        for (int i = 0; i < height * width; i++)
        {
            minimum = mask.Values[i] == 0 ? Math.Min(minimum, image.Span[i]) : minimum;
            maximum = mask.Values[i] == 0 ? Math.Max(maximum, image.Span[i]) : maximum;
        }

        for (int i = 0; i < unknown.Length; i++)
        {
            result.Span[unknown[i]] = Math.Clamp((float)solution[i], minimum, maximum);
        }

        return result;
    }

    private static double[] Eliminate(double[,] system, int count)
    {
        for (int pivot = 0; pivot < count; pivot++)
        {
            for (int row = 0; row < count; row++)
            {
                double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column <= count && factor != 0; column++)
                {
                    system[row, column] -= factor * system[pivot, column];
                }
            }
        }

        return [.. Enumerable.Range(0, count).Select(i => system[i, count] / system[i, i])];
    }
}
