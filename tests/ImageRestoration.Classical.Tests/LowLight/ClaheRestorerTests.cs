using ImageRestoration.Classical.LowLight;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Classical.LowLight;

public sealed class ClaheRestorerTests
{
    [Theory]
    [MemberData(nameof(ClaheReference.Rows), MemberType = typeof(ClaheReference))]
    public void RestoreAsync_GreyPicture_IsWithinOneLevelOfOpenCv(string source, int height, int width, double clip, int rows, int columns, byte[] bytes, double mean, double deviation)
    {
        ImageTensor picture = SyntheticImages.ToTensor(SyntheticImages.Levels(source, 1, height, width), ImageShape.Single(1, height, width));
        var options = new ClaheOptions { ClipLimit = clip, TileRows = rows, TileColumns = columns };
        using ImageTensor result = ClassicalRuns.Run(new ClaheRestorer(options, channels: 1), picture);
        double[] values = [.. result.Span.ToArray().Select(value => 255.0 * value)];
        Assert.Equal(bytes[0], values[0], 1.0);
        Assert.Equal(bytes[1], values[(height / 2 * width) + (width / 3)], 1.0);
        Assert.Equal(bytes[2], values[(height / 3 * width) + (width / 2)], 1.0);
        Assert.Equal(bytes[3], values[^1], 1.0);

        // OpenCV rounds each tile's map and the mixture of maps.
        double average = values.Average();
        Assert.Equal(mean, average, 0.1);
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => (value - average) * (value - average))), 0.05);
    }

    [Fact]
    public void RestoreAsync_RgbPicture_KeepsChroma()
    {
        using ImageTensor picture = ClassicalRuns.Picture(3, 64, 70);
        using ImageTensor result = ClassicalRuns.Run(new ClaheRestorer(), picture);
        double largest = 0;
        for (int i = 0; i < picture.Shape.PixelCount; i++)
        {
            Assert.Equal(picture.Plane(0, 0)[i] - picture.Plane(0, 1)[i], result.Plane(0, 0)[i] - result.Plane(0, 1)[i], 1e-6);
            Assert.Equal(picture.Plane(0, 2)[i] - picture.Plane(0, 1)[i], result.Plane(0, 2)[i] - result.Plane(0, 1)[i], 1e-6);
            largest = Math.Max(largest, Math.Abs(picture.Plane(0, 1)[i] - result.Plane(0, 1)[i]));
        }

        Assert.True(largest > 0.05, $"No pixel changed by more than {largest}.");
    }

    [Fact]
    public void RestoreAsync_ValuesBetweenLevels_StayInOrder()
    {
        // A ramp of 2560 values over 256 levels: without interpolation between levels it would become steps.
        using ImageTensor ramp = ImageTensor.Create(ImageShape.Single(1, 4, 2560));
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 2560; x++)
            {
                ramp.Row(0, 0, y)[x] = x / 2559f;
            }
        }

        using ImageTensor result = ClassicalRuns.Run(new ClaheRestorer(new ClaheOptions { TileRows = 1, TileColumns = 1 }, channels: 1), ramp);
        Assert.True(result.Row(0, 0, 0).ToArray().Distinct().Count() > 2000);
        for (int x = 1; x < 2560; x++)
        {
            Assert.True(result.Span[x] >= result.Span[x - 1], $"The result falls at column {x}.");
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(9, 100)]
    public void RestoreAsync_SmallerThanTheTileGrid_IsRestored(int height, int width)
    {
        using ImageTensor picture = ClassicalRuns.Picture(3, height, width);
        using ImageTensor result = ClassicalRuns.Run(new ClaheRestorer(), picture);
        Assert.All(result.Span.ToArray(), value => Assert.InRange(value, -1f, 2f));
    }

    [Fact]
    public void RestoreAsync_ValuesOutsideTheRange_AreLimited()
    {
        using ImageTensor picture = ClassicalRuns.Picture(1, 20, 20);
        picture.Span[5] = 7;
        picture.Span[6] = -7;
        using ImageTensor result = ClassicalRuns.Run(new ClaheRestorer(channels: 1), picture);
        Assert.All(result.Span.ToArray(), value => Assert.InRange(value, -1e-5f, 1 + 1e-5f));
    }

    [Fact]
    public void RestoreAsync_Batch_TreatsEachPictureAlone()
    {
        using ImageTensor pictures = ClassicalRuns.Picture(1, 40, 50, batch: 2);
        using ImageTensor result = ClassicalRuns.Run(new ClaheRestorer(channels: 1), pictures);
        for (int b = 0; b < 2; b++)
        {
            using ImageTensor alone = ClassicalRuns.Run(new ClaheRestorer(channels: 1), ImageTensor.Wrap(pictures.Plane(b, 0).ToArray(), ImageShape.Single(1, 40, 50)));
            Assert.Equal(alone.Span.ToArray(), result.Plane(b, 0).ToArray());
        }
    }

    [Fact]
    public void RestoreAsync_ManyRunsAtOnce_GiveTheSame()
    {
        using ImageTensor picture = ClassicalRuns.Picture(3, 150, 90);
        ClassicalRuns.AssertSameWhenCrowded(new ClaheRestorer(), picture);
    }

    [Fact]
    public void Info_OfARestorer_SaysWhatItIs()
        => Assert.Equal(new RestorerInfo("clahe", RestorationTask.Brighten, 3, TakesMask: false, "Classical", "cpu"), new ClaheRestorer().Info);

    [Fact]
    public void Create_WrongOptions_ReportsAllTogether()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("options", () => new ClaheRestorer(new ClaheOptions { ClipLimit = 0, TileRows = 0, TileColumns = 257 }));
        Assert.All(["ClipLimit is 0", "TileRows is 0", "TileColumns is 257"], part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
