using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Metrics;

namespace ImageRestoration.Tests.Imaging;

public sealed class ResamplingTests
{
    public static TheoryData<ResamplingKernel> Kernels => new(Enum.GetValues<ResamplingKernel>());

    [Theory]
    [MemberData(nameof(ResamplingReference.Rows), MemberType = typeof(ResamplingReference))]
    public void Resize_RowsAndColumns_GivePillowsValues(ResamplingKernel kernel, int size, float[] expected)
    {
        float[] values = [.. SyntheticImages.Levels("HashNoise", 1, 1, size).Select(level => level / 255f)];
        using ImageTensor row = ImageTensor.Wrap(values, ImageShape.Single(1, 1, size));
        using ImageTensor column = ImageTensor.Wrap(values, ImageShape.Single(1, size, 1));
        using ImageTensor resizedRow = Resampling.Resize(row, 1, expected.Length, kernel);
        using ImageTensor resizedColumn = Resampling.Resize(column, expected.Length, 1, kernel);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], resizedRow.Span[i], 1e-6f);
            Assert.Equal(expected[i], resizedColumn.Span[i], 1e-6f);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Resize_SameSize_KeepsEveryBit(ResamplingKernel kernel)
    {
        using ImageTensor image = Noise(new ImageShape(2, 3, 13, 21));
        using ImageTensor resized = Resampling.Resize(image, 13, 21, kernel);
        Assert.Equal(image.Span, resized.Span);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Resize_ConstantPicture_StaysConstant(ResamplingKernel kernel)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 20, 31));
        image.Span.Fill(0.7f);
        foreach ((int height, int width) in new[] { (1, 1), (7, 11), (20, 64), (55, 3) })
        {
            using ImageTensor resized = Resampling.Resize(image, height, width, kernel);
            Assert.Equal(new ImageShape(1, 3, height, width), resized.Shape);
            Assert.All(resized.Span.ToArray(), value => Assert.Equal(0.7f, value, 1e-6f));
        }
    }

    [Fact]
    public void Resize_AreaByAWholeFactor_AveragesBlocks()
    {
        using ImageTensor image = Noise(ImageShape.Single(1, 12, 20));
        using ImageTensor resized = Resampling.Resize(image, 3, 5, ResamplingKernel.Area);
        for (int y = 0; y < 3; y++)
        {
            for (int x = 0; x < 5; x++)
            {
                double mean = Enumerable.Range(0, 16).Average(i => (double)image.Row(0, 0, (4 * y) + (i / 4))[(4 * x) + (i % 4)]);
                Assert.Equal(mean, resized.Row(0, 0, y)[x], 1e-6);
            }
        }
    }

    [Fact]
    public void Resize_AreaByABrokenFactor_WeighsPixelsByTheirCoveredPart()
    {
        using ImageTensor image = ImageTensor.Wrap(new float[] { 1, 2, 4 }, ImageShape.Single(1, 1, 3));
        using ImageTensor resized = Resampling.Resize(image, 1, 2, ResamplingKernel.Area);
        Assert.Equal((1 + (0.5 * 2)) / 1.5, resized.Span[0], 1e-6);
        Assert.Equal(((0.5 * 2) + 4) / 1.5, resized.Span[1], 1e-6);
    }

    [Fact]
    public void Resize_FineStripesGettingSmaller_DoNotAlias()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 100, 100));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = i % 100 % 2;
        }

        foreach (ResamplingKernel kernel in Enum.GetValues<ResamplingKernel>())
        {
            using ImageTensor resized = Resampling.Resize(image, 30, 30, kernel);
            Assert.All(resized.Span.ToArray(), value => Assert.Equal(0.5f, value, 0.16f));
        }
    }

    [Fact]
    public void Resize_WrongArguments_Throw()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 4, 4));
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(1, 8, 8));
        using ImageTensor same = ImageTensor.Wrap(image.Memory[..12], ImageShape.Single(3, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => Resampling.Resize(image, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Resampling.Resize(image, 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>("kernel", () => Resampling.Resize(image, 4, 4, (ResamplingKernel)9));
        Assert.Throws<ArgumentException>("destination", () => Resampling.Resize(image, same));
        Assert.Contains("1×1×8×8", Assert.Throws<TensorShapeException>(() => Resampling.Resize(image, grey)).Message);
    }

    private static ImageTensor Noise(ImageShape shape)
    {
        ImageTensor image = ImageTensor.CreateUninitialized(shape);
        var random = new SeededRandom(1);
        foreach (ref float value in image.Span)
        {
            value = random.NextSingle();
        }

        return image;
    }
}
