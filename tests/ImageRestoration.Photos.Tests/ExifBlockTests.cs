using ImageRestoration.Photos;

namespace ImageRestoration.Tests;

public sealed class ExifBlockTests
{
    // Orientation 6, a directory of EXIF at 38 with sizes 30 × 20, and a second directory (a thumbnail's) at 68.
    private static readonly byte[] _little =
    [
        (byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0,
        2, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0x69, 0x87, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 68, 0, 0, 0,
        2, 0, 0x02, 0xA0, 3, 0, 1, 0, 0, 0, 30, 0, 0, 0, 0x03, 0xA0, 4, 0, 1, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void ForResult_Turned_SaysUprightSwapsSizesAndDropsTheThumbnail()
    {
        byte[] result = ExifBlock.ForResult(_little, upright: true, swapped: true);

        byte[] expected = [.. _little];
        expected[18] = 1;
        expected[34] = 0;
        _little.AsSpan(54, 10).CopyTo(expected.AsSpan(42));
        _little.AsSpan(42, 10).CopyTo(expected.AsSpan(54));
        Assert.Equal(6, ExifBlock.OrientationOf(_little));
        Assert.Equal(expected, result);
        Assert.Equal(1, ExifBlock.OrientationOf(result));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Create_AnyOrientation_SaysIt(int orientation)
        => Assert.Equal(orientation, ExifBlock.OrientationOf(ExifBlock.Create(orientation)));

    [Fact]
    public void OrientationOf_EveryPrefixOfABlock_IsOneOrWhatItSays()
    {
        foreach (int length in Enumerable.Range(0, _little.Length))
        {
            byte[] prefix = _little[..length];
            Assert.Equal(length >= 34 ? 6 : 1, ExifBlock.OrientationOf(prefix));
            ExifBlock.ForResult(prefix, upright: true, swapped: true);
        }
    }

    [Theory]
    [InlineData("<a tiff:Orientation=\"6\" tiff:Orientation='3'/>", "<a tiff:Orientation=\"1\" tiff:Orientation='1'/>")]
    [InlineData("<tiff:Orientation>8</tiff:Orientation>6", "<tiff:Orientation>1</tiff:Orientation>6")]
    [InlineData("tiff:Orientation", "tiff:Orientation")]
    [InlineData("<a dc:title=\"6\"/>", "<a dc:title=\"6\"/>")]
    public void Upright_XmpThatSaysAnOrientation_SaysOne(string packet, string expected)
        => Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(XmpPacket.Upright(System.Text.Encoding.UTF8.GetBytes(packet))));
}
