using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Tests.Masking;

public sealed class MaskSourcesTests
{
    [Fact]
    public void FromImage_Grey_IsMissingFromTheThresholdOn()
    {
        ImageTensor image = Picture(1, 2, 3, 0, 0.49f, 0.5f, 0.51f, 1, float.NaN);
        Assert.Equal(["..#", "##."], MaskDrawing.Format(Mask.FromImage(image)));
        Assert.Equal(["...", ".#."], MaskDrawing.Format(Mask.FromImage(image, 0.6f)));
    }

    [Fact]
    public void FromImage_Rgb_TakesTheMeanOfTheChannels()
    {
        ImageTensor image = Picture(3, 1, 4, 1, 1, 0, 0.5f, 0, 1, 0, 0.5f, 0, 0, 1, 0.5f);
        Assert.Equal([".#.#"], MaskDrawing.Format(Mask.FromImage(image)));
    }

    [Fact]
    public void FromAlpha_Plane_IsMissingWhereTransparent()
    {
        ImageTensor alpha = Picture(1, 1, 6, 0, 0.25f, 0.5f, 0.75f, 1, float.NaN);
        Assert.Equal(["##...#"], MaskDrawing.Format(Mask.FromAlpha(alpha)));
        Assert.Equal(["####.#"], MaskDrawing.Format(Mask.FromAlpha(alpha, 1)));
    }

    [Fact]
    public void FromColorKey_Tolerance_HoldsForEveryChannel()
    {
        const float step = 1 / 255f;
        ImageTensor image = Picture(3, 1, 5, 1, 1 - step, 1, 1 - (9 * step), 0, 0, 0, step, 0, 0, 1, 1, 1, 1, 1);
        Assert.Equal(["#...."], MaskDrawing.Format(Mask.FromColorKey(image, [1, 0, 1])));
        Assert.Equal(["###.."], MaskDrawing.Format(Mask.FromColorKey(image, [1, 0, 1], 8 * step)));
        Assert.Equal(["#...."], MaskDrawing.Format(Mask.FromColorKey(image, [1, 0, 1], 0)));
    }

    /// <summary>Levels of files, keys and tolerances are all rounded to float; a level that is exactly as far away as allowed belongs to the colour.</summary>
    [Fact]
    public void FromColorKey_EveryLevelKeyAndTolerance_IsMissingUpToTheTolerance()
    {
        using ImageTensor levels = Picture(1, 1, 256, [.. Enumerable.Range(0, 256).Select(n => n / 255f)]);
        for (int key = 0; key < 256; key++)
        {
            for (int tolerance = 0; tolerance < 256; tolerance += 1 + (key % 7))
            {
                Mask mask = Mask.FromColorKey(levels, [key / 255f], tolerance / 255f);
                int first = Math.Max(0, key - tolerance), last = Math.Min(255, key + tolerance);
                Assert.Equal(last - first + 1, mask.CountMissing());
                Assert.True(mask[0, first] && mask[0, last]);
            }
        }
    }

    [Fact]
    public void Sources_WrongShapes_ThrowWithWhatToDo()
    {
        using ImageTensor two = ImageTensor.Create(new ImageShape(2, 1, 3, 3));
        using ImageTensor rgb = ImageTensor.Create(ImageShape.Single(3, 3, 3));
        Assert.Contains("one by one", Assert.Throws<TensorShapeException>(() => Mask.FromImage(two)).Message, StringComparison.Ordinal);
        Assert.Throws<TensorShapeException>(() => Mask.FromAlpha(two));
        Assert.Throws<TensorShapeException>(() => Mask.FromColorKey(two, [1]));
        Assert.Contains("alpha channel alone", Assert.Throws<TensorShapeException>(() => Mask.FromAlpha(rgb)).Message, StringComparison.Ordinal);
        Assert.Contains("one value for each channel", Assert.Throws<TensorShapeException>(() => Mask.FromColorKey(rgb, [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_WrongNumbers_Throw()
    {
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(1, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => Mask.FromImage(grey, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => Mask.FromAlpha(grey, float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("color", () => Mask.FromColorKey(grey, [float.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>("tolerance", () => Mask.FromColorKey(grey, [0], -1));
        Assert.Throws<ArgumentNullException>("image", () => Mask.FromImage(null!));
    }

    private static ImageTensor Picture(int channels, int height, int width, params float[] values)
        => ImageTensor.Wrap(values, ImageShape.Single(channels, height, width));
}
