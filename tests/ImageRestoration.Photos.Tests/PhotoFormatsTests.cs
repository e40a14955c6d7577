using System.Text;
using ImageRestoration.Photos;

namespace ImageRestoration.Tests;

public sealed class PhotoFormatsTests
{
    [Theory]
    [InlineData("\0\0\0\u001CftypavifXXXXmif1", PhotoFormat.Avif)]
    [InlineData("\0\0\0\u001CftypavisXXXXmif1", PhotoFormat.Avif)]
    [InlineData("\0\0\0\u001Cftypmif1XXXXmif1avif", PhotoFormat.Avif)]
    [InlineData("\0\0\0\u001Cftypmif1XXXXmif1heic", PhotoFormat.Heic)]
    [InlineData("\0\0\0\u001CftypheicXXXXmif1", PhotoFormat.Heic)]
    [InlineData("II+\0\b\0\0\0", PhotoFormat.Tiff)]
    [InlineData("MM\0*", PhotoFormat.Tiff)]
    [InlineData("RIFF0000WEBP", PhotoFormat.Webp)]
    [InlineData("RIFF0000WAVE", null)]
    [InlineData("\0\0\0\u001CftypqtXX", null)]
    [InlineData("", null)]
    public void FromSignature_FirstBytes_AreKnown(string start, PhotoFormat? expected)
        => Assert.Equal(expected, PhotoFormats.FromSignature(Encoding.Latin1.GetBytes(start)));

    [Theory]
    [InlineData("a/b.JPEG", PhotoFormat.Jpeg)]
    [InlineData("b.avif", PhotoFormat.Avif)]
    [InlineData("b.heif", PhotoFormat.Heic)]
    [InlineData("png", null)]
    [InlineData("b.png.txt", null)]
    public void FromExtension_Path_IsKnown(string path, PhotoFormat? expected) => Assert.Equal(expected, PhotoFormats.FromExtension(path));
}
