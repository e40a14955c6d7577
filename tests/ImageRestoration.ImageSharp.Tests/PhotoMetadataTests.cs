using System.Text;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.Metadata.Profiles.Iptc;
using SixLabors.ImageSharp.Metadata.Profiles.Xmp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests;

public sealed class PhotoMetadataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string input in new[] { "png", "jpg", "webp", "tiff" })
            {
                foreach (string output in new[] { "png", "jpg", "webp", "tiff" })
                {
                    pairs.Add(input, output);
                }
            }

            return pairs;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Restore_Profiles_GoAlongBetweenFormats(string input, string output)
    {
        byte[] icc = TestProfiles.Icc();
        byte[] xmp = Encoding.UTF8.GetBytes("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta>");
        using (var image = new Image<Rgb24>(16, 8, new Rgb24(90, 60, 30)))
        {
            image.Metadata.ResolutionUnits = PixelResolutionUnit.PixelsPerInch;
            image.Metadata.HorizontalResolution = 300;
            image.Metadata.VerticalResolution = 240;
            image.Metadata.IccProfile = new IccProfile(icc);
            image.Metadata.XmpProfile = new XmpProfile(xmp);
            image.Metadata.ExifProfile = new ExifProfile();
            image.Metadata.ExifProfile.SetValue(ExifTag.Artist, "somebody");
            image.Metadata.ExifProfile.SetValue(ExifTag.DateTimeOriginal, "2024:05:06 07:08:09");
            await image.SaveAsync(_folder["source.jpg"]);
        }

        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["source.jpg"], _folder["in." + input]);
        await photos.RestoreAsync(_folder["in." + input], _folder["out." + output]);

        using Image written = await Image.LoadAsync(_folder["out." + output]);
        ImageFrameMetadata page = written.Frames.RootFrame.Metadata;
        ExifProfile? exif = written.Metadata.ExifProfile ?? page.ExifProfile;
        Assert.Equal(icc, TestProfiles.IccOf(_folder["out." + output]));
        Assert.Equal(xmp, (written.Metadata.XmpProfile ?? page.XmpProfile)?.ToByteArray());
        Assert.NotNull(exif);
        Assert.Equal("somebody", exif.GetValue(ExifTag.Artist)?.Value);

        // This one stands in a directory of its own, to which the first one points.
        Assert.Equal("2024:05:06 07:08:09", exif.GetValue(ExifTag.DateTimeOriginal)?.Value);
        if (input != "webp" && output != "webp")
        {
            double scale = written.Metadata.ResolutionUnits switch
            {
                PixelResolutionUnit.PixelsPerMeter => 0.0254,
                PixelResolutionUnit.PixelsPerCentimeter => 2.54,
                _ => 1,
            };
            Assert.Equal(300, written.Metadata.HorizontalResolution * scale, 0.5);
            Assert.Equal(240, written.Metadata.VerticalResolution * scale, 0.5);
        }

        if (output != "tiff")
        {
            Assert.DoesNotContain(exif.Values, value => (ushort)value.Tag is >= 256 and <= 266 or 273 or (>= 277 and <= 279));
        }
    }

    [Theory]
    [InlineData("jpg", "tiff")]
    [InlineData("tiff", "jpg")]
    [InlineData("jpg", "jpg")]
    public async Task Restore_Iptc_GoesAlong(string input, string output)
    {
        // One record: 2:80, the author's name.
        byte[] iptc = [0x1C, 2, 80, 0, 8, .. "somebody"u8];
        using (var image = new Image<Rgb24>(16, 8))
        {
            image.Metadata.IptcProfile = new IptcProfile(iptc);
            await image.SaveAsync(_folder["source.jpg"]);
        }

        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["source.jpg"], _folder["in." + input]);
        await photos.RestoreAsync(_folder["in." + input], _folder["out." + output]);

        using Image written = await Image.LoadAsync(_folder["out." + output]);
        byte[]? data = (written.Metadata.IptcProfile ?? written.Frames.RootFrame.Metadata.IptcProfile)?.Data;
        Assert.NotNull(data);
        Assert.True(data.AsSpan().IndexOf("somebody"u8) > 0);
    }

    [Fact]
    public async Task Restore_CodePoints_GoAlongInPng()
    {
        // Display P3 with the transfer function of sRGB, full range.
        byte[] points = [12, 13, 0, 1];
        byte[] png = new HandmadePng(2, 1, 8, HandmadePng.Grey).Chunk("cICP", points).Pixels([0, 5, 6]).End();
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => 1 - value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder.Write("in.png", png), _folder["out.png"]);
        await photos.RestoreAsync(_folder["out.png"], _folder["again.png"]);

        byte[] written = await File.ReadAllBytesAsync(_folder["again.png"]);
        int position = written.AsSpan().IndexOf("cICP"u8);
        Assert.Equal(37, position);
        Assert.Equal(points, written[(position + 4)..(position + 8)]);
        Assert.Equal(png.AsSpan(png.AsSpan().IndexOf("cICP"u8), 12).ToArray(), written[position..(position + 12)]);
        using ImageTensor image = await ImageFile.LoadAsync(_folder["again.png"]);
        Assert.Equal([5 / 255f, 6 / 255f], image.Span.ToArray());
    }

    [Theory]
    [InlineData(1, "abcdef", 3)]
    [InlineData(6, "daebfc", 2)]
    [InlineData(8, "cfbead", 2)]
    [InlineData(3, "fedcba", 3)]
    public async Task Restore_TurnedTiff_IsUpright(ushort orientation, string expected, int width)
    {
        byte[] tiff = new HandmadeTiff(3, 2, bits: 8, samples: 1).Tag(274, orientation).Write("abcdef"u8);
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        PhotoResult result = await photos.RestoreAsync(_folder.Write("in.tif", tiff), _folder["out.tif"]);
        await photos.RestoreAsync(_folder["out.tif"], _folder["again.png"]);

        using ImageTensor image = await ImageFile.LoadAsync(_folder["again.png"]);
        Assert.Equal((width, 6 / width), (result.Width, result.Height));
        Assert.Equal(expected, string.Concat(image.Span.ToArray().Select(value => (char)Math.Round(value * 255))));
    }

    [Theory]
    [InlineData("deep.png", "out.tiff", true)]
    [InlineData("deep.tiff", "out.png", true)]
    [InlineData("deep.tiff", "out.webp", false)]
    [InlineData("deep.png", "out.jpg", false)]
    public async Task Restore_16Bits_StayWhereTheFormatHasThem(string input, string output, bool stay)
    {
        using ImageTensor image = TestPictures.Random(1, 3, 9, 8, maximum: 65535);
        await ImageFile.SaveAsync(image, _folder[input], new ImageSaveOptions { BitsPerChannel = 16 });
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec()) { SaveOptions = new ImageSaveOptions { WebpLossless = true } };
        await photos.RestoreAsync(_folder[input], _folder[output]);

        using ImageTensor result = await ImageFile.LoadAsync(_folder[output]);
        Assert.Equal(stay, image.Span.SequenceEqual(result.Span));
    }

    [Fact]
    public async Task Restore_Webp_IsLossyWhereTheInputIs()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 32, 32);
        await ImageFile.SaveAsync(image, _folder["lossy.webp"], new ImageSaveOptions { WebpLossless = false });
        await ImageFile.SaveAsync(image, _folder["lossless.webp"]);
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["lossy.webp"], _folder["a.webp"]);
        await photos.RestoreAsync(_folder["lossless.webp"], _folder["b.webp"]);

        byte[] lossy = await File.ReadAllBytesAsync(_folder["a.webp"]);
        byte[] lossless = await File.ReadAllBytesAsync(_folder["b.webp"]);
        Assert.True(lossy.AsSpan().IndexOf("VP8 "u8) > 0);
        Assert.True(lossless.AsSpan().IndexOf("VP8L"u8) > 0);
    }

    [Fact]
    public async Task Restore_WebpWithProfiles_HasTheLengthThatItSays()
    {
        // Odd lengths, which are padded.
        using (var image = new Image<Rgb24>(17, 9, new Rgb24(90, 60, 30)))
        {
            image.Metadata.IccProfile = new IccProfile(TestProfiles.Icc());
            image.Metadata.XmpProfile = new XmpProfile("<x:xmpmeta xmlns:x='adobe:ns:meta/'></x:xmpmeta>"u8.ToArray());
            image.Metadata.ExifProfile = new ExifProfile();
            image.Metadata.ExifProfile.SetValue(ExifTag.Artist, "me");
            await image.SaveAsync(_folder["in.jpg"]);
        }

        foreach (bool lossless in new[] { true, false })
        {
            using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec()) { SaveOptions = new ImageSaveOptions { WebpLossless = lossless } };
            await photos.RestoreAsync(_folder["in.jpg"], _folder["out.webp"]);

            byte[] file = await File.ReadAllBytesAsync(_folder["out.webp"]);
            List<string> chunks = [];
            int position = 12;
            while (position < file.Length)
            {
                int length = BitConverter.ToInt32(file, position + 4);
                chunks.Add(Encoding.ASCII.GetString(file, position, 4));
                position += 8 + length + (length & 1);
            }

            Assert.Equal(file.Length, BitConverter.ToInt32(file, 4) + 8);
            Assert.Equal(file.Length, position);
            Assert.Equal(["VP8X", "ICCP", lossless ? "VP8L" : "VP8 ", "EXIF", "XMP "], chunks);
            Assert.Equal(0x2C, file[20]);
            Assert.Equal((16, 8), (file[24], file[27]));
        }
    }

    [Fact]
    public async Task Load_ProfileThatIsDamagedOrHuge_IsRefused()
    {
        byte[] packed = [.. "a name"u8, 0, 0, .. HandmadePng.Deflate(new byte[(16 << 20) + 1])];
        (byte[] Profile, string Expected)[] cases =
        [
            ([.. "a name"u8, 0, 0, 1, 2, 3, 4], "colour profile is damaged"),
            ([.. "a name without end"u8], "colour profile is damaged"),
            ([.. "a name"u8, 0, 1, .. HandmadePng.Deflate(TestProfiles.Icc())], "colour profile is damaged"),
            (packed, "more than 16 MiB"),
        ];
        foreach ((byte[] profile, string expected) in cases)
        {
            string path = _folder.Write("in.png", new HandmadePng(1, 1, 8, HandmadePng.Grey).Chunk("iCCP", profile).Pixels([0, 5]).End());
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => ImageFile.LoadAsync(path));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }
    }
}
