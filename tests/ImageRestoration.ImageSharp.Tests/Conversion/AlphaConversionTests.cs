using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests.Conversion;

public class AlphaConversionTests
{
    [Theory]
    [InlineData("greyAlpha8", 8)]
    [InlineData("greyAlpha16", 16)]
    [InlineData("rgba8", 8)]
    [InlineData("rgba16", 16)]
    public void RoundTrip_Alpha_IsExact(string kind, int bits)
    {
        using Image image = RandomImages.Create(kind, 31, 17, 1);
        using ImageTensor tensor = image.ToImageTensor(out ImageTensor? alpha);
        using ImageTensor? owned = alpha;
        Assert.NotNull(alpha);
        using Image back = tensor.ToImage(alpha, bits);

        Assert.IsType(image.GetType(), back);
        Assert.Equal(RandomImages.Pixels(image), RandomImages.Pixels(back));
        Assert.Equal(ImageShape.Single(1, 17, 31), alpha.Shape);
    }

    [Fact]
    public void ToImageTensor_OpaqueAlpha_IsNone()
    {
        using var image = new Image<Rgba32>(3, 2, new Rgba32(1, 2, 3, 255));
        using ImageTensor tensor = image.ToImageTensor(out ImageTensor? alpha);

        Assert.Null(alpha);
        Assert.Equal(3, tensor.Channels);
    }

    [Fact]
    public void ToImage_UnfitAlpha_IsRefused()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 4, 5));
        using ImageTensor turned = ImageTensor.Create(ImageShape.Single(1, 5, 4));
        using ImageTensor alpha = ImageTensor.Create(ImageShape.Single(1, 4, 5));
        alpha.Span[7] = float.NaN;

        Assert.Throws<TensorShapeException>(() => image.ToImage(turned));
        Assert.Throws<ImageFileException>(() => image.ToImage(alpha));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.ToImage(alpha, bitsPerChannel: 10));
    }
}
