using System.Text;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Rows;

public sealed class PnmRowTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    public void WriteThenRead_AnyFormat_GivesTheSameValues(int channels, int bits)
    {
        using ImageTensor image = RowPictures.Create(channels, 37, 53, bits, seed: 1);
        using var stream = new MemoryStream();
        using (IRowSink sink = RowFile.CreatePnm(stream, new RowFormat(53, 37, channels, bits)))
        {
            RowPictures.Write(sink, image);
        }

        byte[] file = stream.ToArray();
        Assert.Equal(
            $"P{(channels == 3 ? 6 : 5)}\n53 37\n{(bits == 8 ? 255 : 65535)}\n", Encoding.ASCII.GetString(
                file, 0, file.Length - (37 * 53 * channels * bits / 8)));
        using ImageTensor read = RowPictures.Read(file);
        Assert.Equal(image.Span.ToArray(), read.Span.ToArray());
    }

    [Fact]
    public void Read_CommentsAndOtherMaxima_AreUnderstood()
    {
        using ImageTensor small = RowPictures.Read([.. "P5 # by hand\n2\t# two\r\n 1\n100\n"u8, 0, 50]);
        Assert.Equal([0f, 0.5f], small.Span.ToArray());

        // Netpbm's specification: a comment reaches through the end of its line and is nothing at all, also within a number.
        using ImageTensor split = RowPictures.Read([.. "P5\n1# twelve\n2 1\n1#\r0#\n0\n"u8, .. new byte[11], 50]);
        Assert.Equal((12, 0.5f), (split.Width, split.Span[^1]));

        using ImageTensor large = RowPictures.Read([.. "P6\n1 1\n1000\n"u8, 0, 0, 1, 244, 3, 232]);
        Assert.Equal([0f, 0.5f, 1f], large.Span.ToArray());
    }

    [Theory]
    [InlineData("P5\n2 1\n255\n.", "truncated: it ends within row 0 of 1")]
    [InlineData("P5\n2 1\n2", "truncated: it ends within its header")]
    [InlineData("P", "truncated")]
    [InlineData("P4\n2 1\n", "neither P5 nor P6")]
    [InlineData("P5\n2x1\n255\n..", "no list of numbers")]
    [InlineData("P5\n-2 1\n255\n..", "no list of numbers")]
    [InlineData("P5\n0 1\n255\n..", "is 0×1")]
    [InlineData("P5\n99999999999 1\n255\n..", "no list of numbers")]
    [InlineData("P5\n999999999 999999999\n255\n..", "at most 262144 columns")]
    [InlineData("P5\n2 1\n0\n..", "its largest value is 0")]
    [InlineData("P5\n2 1\n65536\n....", "its largest value is 65536")]
    [InlineData("P5\n2 1\n40\n..", "has the value 46")]
    [InlineData("P5\n1 1\n300\n..", "has the value 11822")]
    public void Read_DamagedFiles_AreRefused(string file, string part)
        => Assert.Contains(
            part,
            Assert.Throws<ImageFileException>(() => RowPictures.Read(Encoding.ASCII.GetBytes(file))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void CreatePnm_Alpha_IsRefused()
        => Assert.Contains(
            "Write a PNG", Assert.Throws<ImageFileException>(
                () => RowFile.CreatePnm(new MemoryStream(), new RowFormat(1, 1, 4, 8))).Message, StringComparison.Ordinal);
}
