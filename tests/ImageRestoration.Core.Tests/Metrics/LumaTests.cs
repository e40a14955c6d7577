using ImageRestoration.Imaging;
using ImageRestoration.Metrics;

namespace ImageRestoration.Tests.Metrics;

public sealed class LumaTests
{
    [Theory]
    [InlineData(0, 0, 0, 16)]
    [InlineData(1, 1, 1, 235)]
    [InlineData(1, 0, 0, 81.481)]
    [InlineData(0, 1, 0, 144.553)]
    [InlineData(0, 0, 1, 40.966)]
    public void FromRgb_PrimaryColours_GivesTheLevelsOfBt601(float red, float green, float blue, double level)
    {
        ImageTensor image = ImageTensor.Wrap(new[] { 0f, red, 0f, green, 0f, blue }, ImageShape.Single(3, 1, 2));
        using ImageTensor luma = Luma.FromRgb(image);
        Assert.Equal(ImageShape.Single(1, 1, 2), luma.Shape);
        Assert.Equal(level / 255, luma.Span[1], 1e-6);
    }

    [Fact]
    public void FromRgb_Grey_ThrowsAndSaysWhatToDo()
    {
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(1, 4, 4));
        TensorShapeException error = Assert.Throws<TensorShapeException>(() => Luma.FromRgb(grey));
        Assert.Contains("1 channel(s)", error.Message, StringComparison.Ordinal);
    }
}
