using ImageRestoration.Data;
using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.Data;

public sealed class PackedImageTests
{
    [Fact]
    public void Read_EightBits_GivesEveryLevelExactly()
    {
        byte[] samples = [.. Enumerable.Range(0, 256).Select(n => (byte)n)];
        PackedImage picture = PackedImage.Wrap(samples, channels: 1, height: 16, width: 16);
        float[] values = new float[256];
        picture.Read(0, 0, 16, 16, values);
        Assert.Equal(Enumerable.Range(0, 256).Select(n => n / 255f), values);
        Assert.Equal(256, picture.ByteCount);
    }

    [Theory]
    [InlineData(8, 255)]
    [InlineData(16, 65535)]
    public void Pack_ThenRead_GivesTheRectangleOfTheNearestSamples(int bits, int maximum)
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, 70, 41));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = (i * 7 % (maximum + 1) / (float)maximum) + (0.3f / maximum);
        }

        image.Span[0] = -0.5f;
        PackedImage picture = PackedImage.Pack(image, bits);
        Assert.Equal(image.Span.Length * bits / 8, picture.ByteCount);
        float[] values = new float[3 * 4 * 5];
        foreach ((int top, int left) in new[] { (0, 0), (13, 20), (66, 36) })
        {
            picture.Read(top, left, 4, 5, values);
            for (int i = 0; i < values.Length; i++)
            {
                float expected = image.Row(0, i / 20, top + (i / 5 % 4))[left + (i % 5)];
                Assert.Equal(MathF.Round(Math.Clamp(expected, 0, 1) * maximum) / maximum, values[i]);
            }
        }
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 3, 2, 2)]
    [InlineData(2, 0, 2, 2)]
    [InlineData(0, 0, 0, 1)]
    public void Read_RectangleThatLeavesThePicture_Throws(int top, int left, int height, int width)
        => Assert.Throws<ArgumentOutOfRangeException>(() => PackedImage.Wrap(new ushort[12], 1, 3, 4).Read(top, left, height, width, new float[12]));

    [Fact]
    public void Wrap_OtherLength_SaysWhatIsNeeded()
        => Assert.Contains("needs 12", Assert.Throws<TensorShapeException>(() => PackedImage.Wrap(new byte[11], 1, 3, 4)).Message, StringComparison.Ordinal);
}
