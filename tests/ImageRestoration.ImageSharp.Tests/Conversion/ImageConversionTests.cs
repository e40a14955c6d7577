using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests.Conversion;

public class ImageConversionTests
{
    [Fact]
    public void ToImageTensor_EveryValueOf8Bits_IsExactlyItsFraction()
    {
        using var grey = new Image<L8>(256, 1);
        using var color = new Image<Rgb24>(256, 1);
        for (int n = 0; n < 256; n++)
        {
            grey[n, 0] = new L8((byte)n);
            color[n, 0] = new Rgb24((byte)n, (byte)(255 - n), (byte)(n ^ 0x55));
        }

        using ImageTensor greyTensor = grey.ToImageTensor();
        using ImageTensor colorTensor = color.ToImageTensor();

        Assert.Equal(new ImageShape(1, 1, 1, 256), greyTensor.Shape);
        Assert.Equal(new ImageShape(1, 3, 1, 256), colorTensor.Shape);
        for (int n = 0; n < 256; n++)
        {
            Assert.Equal(n / 255f, greyTensor.Span[n]);
            Assert.Equal(n / 255f, colorTensor.Plane(0, 0)[n]);
            Assert.Equal((255 - n) / 255f, colorTensor.Plane(0, 1)[n]);
            Assert.Equal((n ^ 0x55) / 255f, colorTensor.Plane(0, 2)[n]);
        }
    }

    [Fact]
    public void ToImage_EveryValueOf8Bits_ComesBack()
    {
        using ImageTensor tensor = ImageTensor.Create(new ImageShape(2, 3, 1, 256));
        for (int n = 0; n < 256; n++)
        {
            tensor.Plane(1, 0)[n] = n / 255f;
            tensor.Plane(1, 1)[n] = (255 - n) / 255f;
            tensor.Plane(1, 2)[n] = (n ^ 0x55) / 255f;
        }

        using Image<Rgb24> image = Assert.IsType<Image<Rgb24>>(tensor.ToImage(1));
        for (int n = 0; n < 256; n++)
        {
            Assert.Equal(new Rgb24((byte)n, (byte)(255 - n), (byte)(n ^ 0x55)), image[n, 0]);
        }
    }

    [Fact]
    public void RoundTrip_EveryValueOf16Bits_IsExact()
    {
        using var image = new Image<L16>(256, 256);
        for (int n = 0; n < 65536; n++)
        {
            image[n % 256, n / 256] = new L16((ushort)n);
        }

        using ImageTensor tensor = image.ToImageTensor();
        using Image<L16> back = Assert.IsType<Image<L16>>(tensor.ToImage(0, bitsPerChannel: 16));
        for (int n = 0; n < 65536; n++)
        {
            Assert.Equal(n / 65535f, tensor.Span[n]);
            Assert.Equal(n, back[n % 256, n / 256].PackedValue);
        }
    }

    [Theory]
    [InlineData(-0.5f, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(0.49f / 255, 0)]
    [InlineData(0.51f / 255, 1)]
    [InlineData(127.49f / 255, 127)]
    [InlineData(127.51f / 255, 128)]
    [InlineData(254.51f / 255, 255)]
    [InlineData(1.5f, 255)]
    [InlineData(float.PositiveInfinity, 255)]
    public void ToImage_ValueBetweenSamples_IsRoundedAndLimited(float value, byte expected)
    {
        using ImageTensor tensor = ImageTensor.Create(ImageShape.Single(1, 1, 5));
        tensor.Span.Fill(value);
        using Image<L8> image = Assert.IsType<Image<L8>>(tensor.ToImage());
        for (int x = 0; x < 5; x++)
        {
            Assert.Equal(expected, image[x, 0].PackedValue);
        }
    }

    [Fact]
    public void ToImage_RandomValues_RoundsAsQuantizationDoes()
    {
        using ImageTensor tensor = TestPictures.Random(3, 3, 33, 47, maximum: 510);
        using ImageTensor expected = tensor.Clone();
        Quantization.RoundTo8Bit(expected);

        using Image image = tensor.ToImage();
        using ImageTensor actual = image.ToImageTensor();

        TestPictures.AssertSame(expected, actual);
    }

    [Fact]
    public void ToImageTensor_OtherPixelTypes_KeepTheirValues()
    {
        using var bgr = new Image<Bgr24>(1, 1) { [0, 0] = new Bgr24(10, 20, 30) };
        using var rgba = new Image<Rgba32>(1, 1) { [0, 0] = new Rgba32(10, 20, 30, 255) };
        using var bgra = new Image<Bgra32>(1, 1) { [0, 0] = new Bgra32(10, 20, 30, 255) };
        using var rgb48 = new Image<Rgb48>(1, 1) { [0, 0] = new Rgb48(1, 2, 65535) };
        using var rgba64 = new Image<Rgba64>(1, 1) { [0, 0] = new Rgba64(1, 2, 65535, 65535) };
        using var la16 = new Image<La16>(1, 1) { [0, 0] = new La16(7, 255) };
        using var la32 = new Image<La32>(1, 1) { [0, 0] = new La32(7, 65535) };

        foreach (Image image in new Image[] { bgr, rgba, bgra })
        {
            using ImageTensor tensor = image.ToImageTensor();
            Assert.Equal([10 / 255f, 20 / 255f, 30 / 255f], tensor.Span.ToArray());
        }

        foreach (Image image in new Image[] { rgb48, rgba64 })
        {
            using ImageTensor tensor = image.ToImageTensor();
            Assert.Equal([1 / 65535f, 2 / 65535f, 1f], tensor.Span.ToArray());
        }

        using ImageTensor grey8 = la16.ToImageTensor();
        using ImageTensor grey16 = la32.ToImageTensor();
        Assert.Equal([7 / 255f], grey8.Span.ToArray());
        Assert.Equal([7 / 65535f], grey16.Span.ToArray());
    }

    [Fact]
    public void ToImageTensor_TransparentPixel_IsRefused()
    {
        using var rgba = new Image<Rgba32>(3, 2, new Rgba32(1, 2, 3, 255)) { [2, 1] = new Rgba32(1, 2, 3, 254) };
        using var bgra = new Image<Bgra32>(3, 2, new Bgra32(1, 2, 3, 255)) { [0, 0] = new Bgra32(1, 2, 3, 0) };
        using var rgba64 = new Image<Rgba64>(3, 2, new Rgba64(1, 2, 3, 65535)) { [1, 1] = new Rgba64(1, 2, 3, 65534) };
        using var la16 = new Image<La16>(3, 2, new La16(1, 255)) { [2, 0] = new La16(1, 127) };
        using var la32 = new Image<La32>(3, 2, new La32(1, 65535)) { [0, 1] = new La32(1, 65279) };
        foreach (Image image in new Image[] { rgba, bgra, rgba64, la16, la32 })
        {
            ImageFileException exception = Assert.Throws<ImageFileException>(() => image.ToImageTensor());
            Assert.Contains("Flatten", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ToImageTensor_BatchOfGreyAndColor_RepeatsGrey()
    {
        using var grey = new Image<L8>(2, 1, new L8(51));
        using var color = new Image<Rgb24>(2, 1, new Rgb24(0, 102, 255));
        using ImageTensor tensor = new Image[] { grey, color }.ToImageTensor();

        Assert.Equal(new ImageShape(2, 3, 1, 2), tensor.Shape);
        Assert.Equal([.2f, .2f, .2f, .2f, .2f, .2f, 0f, 0f, .4f, .4f, 1f, 1f], tensor.Span.ToArray());
    }

    [Fact]
    public void ToImageTensor_BatchOfSeveralSizes_IsRefused()
    {
        using var first = new Image<L8>(2, 1);
        using var second = new Image<L8>(1, 2);
        TensorShapeException exception = Assert.Throws<TensorShapeException>(() => new Image[] { first, second }.ToImageTensor());
        Assert.Contains("1×2", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Array.Empty<Image>().ToImageTensor());
    }

    [Fact]
    public void ToImage_NotANumber_IsRefusedWithItsPosition()
    {
        using ImageTensor tensor = ImageTensor.Create(new ImageShape(2, 3, 4, 5));
        tensor.Row(1, 2, 3)[4] = float.NaN;

        ImageFileException exception = Assert.Throws<ImageFileException>(() => tensor.ToImage(1));
        Assert.Contains("channel 2, row 3, column 4", exception.Message, StringComparison.Ordinal);
        using Image first = tensor.ToImage(0);
        Assert.Equal(5, first.Width);
    }

    [Fact]
    public void ToImage_WrongArguments_AreRefused()
    {
        using ImageTensor tensor = ImageTensor.Create(ImageShape.Single(1, 4, 5));
        using ImageTensor four = ImageTensor.Create(ImageShape.Single(4, 4, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.ToImage(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.ToImage(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.ToImage(0, bitsPerChannel: 12));
        Assert.Throws<TensorShapeException>(() => four.ToImage());
    }
}
