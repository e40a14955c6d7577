using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.Imaging;

public sealed class ImageGridTests
{
    [Fact]
    public void Create_PicturesOfSeveralSizes_StandInTheMiddleOfTheirCells()
    {
        using ImageTensor wide = Filled(ImageShape.Single(1, 1, 3), 1), high = Filled(ImageShape.Single(1, 3, 1), 2), small = Filled(ImageShape.Single(1, 1, 1), 3);
        using ImageTensor grid = ImageGrid.Create([wide, high, small], columns: 2, margin: 1, background: 0);

        string[] expected =
        [
            "0000000",
            "0000020",
            "0111020",
            "0000020",
            "0000000",
            "0030000",
            "0000000",
        ];
        Assert.Equal(ImageShape.Single(1, 7, 7), grid.Shape);
        Assert.Equal(expected, Enumerable.Range(0, 7).Select(row => string.Concat(grid.Row(0, 0, row).ToArray())));
    }

    [Fact]
    public void Create_BatchOfColour_KeepsEveryValueOfEveryPlane()
    {
        using ImageTensor batch = ImageTensor.Create(new ImageShape(4, 3, 5, 6));
        for (int i = 0; i < batch.Span.Length; i++)
        {
            batch.Span[i] = i - 100;
        }

        using ImageTensor grid = ImageGrid.Create([batch], columns: 2, margin: 0);

        Assert.Equal(ImageShape.Single(3, 10, 12), grid.Shape);
        for (int picture = 0; picture < 4; picture++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                for (int row = 0; row < 5; row++)
                {
                    Assert.Equal(batch.Row(picture, channel, row).ToArray(), grid.Row(0, channel, (5 * (picture / 2)) + row).Slice(6 * (picture % 2), 6).ToArray());
                }
            }
        }
    }

    [Fact]
    public void Create_FewerPicturesThanColumns_IsNoWiderThanThey()
    {
        using ImageTensor picture = Filled(ImageShape.Single(3, 2, 2), 0.5f);
        using ImageTensor grid = ImageGrid.Create([picture], columns: 8);

        Assert.Equal(ImageShape.Single(3, 6, 6), grid.Shape);
        Assert.Equal([1, 1, 0.5f, 0.5f, 1, 1], grid.Row(0, 1, 2).ToArray());
    }

    [Fact]
    public void Create_BadArguments_SaysWhatIsWrong()
    {
        using ImageTensor grey = Filled(ImageShape.Single(1, 2, 2), 0), colour = Filled(ImageShape.Single(3, 2, 2), 0);

        Assert.Contains("3", Assert.Throws<TensorShapeException>(() => ImageGrid.Create([grey, colour], 2)).Message, StringComparison.Ordinal);
        Assert.Equal("pictures", Assert.Throws<ArgumentException>(() => ImageGrid.Create([], 2)).ParamName);
        Assert.Equal("columns", Assert.Throws<ArgumentOutOfRangeException>(() => ImageGrid.Create([grey], 0)).ParamName);
        Assert.Equal("margin", Assert.Throws<ArgumentOutOfRangeException>(() => ImageGrid.Create([grey], 1, -1)).ParamName);
        Assert.Throws<OverflowException>(() => ImageGrid.Create([grey], 1, int.MaxValue));
    }

    private static ImageTensor Filled(ImageShape shape, float value)
    {
        ImageTensor tensor = ImageTensor.Create(shape);
        tensor.Span.Fill(value);
        return tensor;
    }
}
