using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests;

public sealed class PhotoRestorerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Restore_BundledPhotographs_WritesWhatTheRestorerMade()
    {
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => 1 - value), new ImageSharpCodec());
        foreach (string path in TestPictures.Photographs)
        {
            string output = _folder[Path.GetFileNameWithoutExtension(path) + ".png"];
            PhotoResult result = await photos.RestoreAsync(path, output);

            using ImageTensor before = await ImageFile.LoadAsync(path);
            using ImageTensor after = await ImageFile.LoadAsync(output);
            foreach (ref float value in before.Span)
            {
                value = 1 - value;
            }

            Quantization.RoundTo8Bit(before);
            TestPictures.AssertSame(before, after);
            Assert.Equal((before.Width, before.Height), (result.Width, result.Height));
            Assert.Equal(before.Width * before.Height / 1e6, result.Megapixels, 9);
            Assert.Equal(TimeSpan.FromMilliseconds(5), result.ComputeTime);
            Assert.True(result.TotalTime > TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task Restore_GreyRouting_GivesGreyFilesToTheRestorerForGrey()
    {
        FakeRestorer color = new(3, (value, _) => value), grey = new(1, (value, _) => 1 - value);
        using ImageTensor greyPicture = TestPictures.Random(1, 1, 6, 5), colorPicture = TestPictures.Random(2, 3, 6, 5);
        await ImageFile.SaveAsync(greyPicture, _folder["grey.png"]);
        await ImageFile.SaveAsync(colorPicture, _folder["color.png"]);
        using (var photos = new PhotoRestorer(new GreyRoutingRestorer(color, grey), new ImageSharpCodec()))
        {
            await photos.RestoreAsync(_folder["grey.png"], _folder["grey-out.png"]);
            await photos.RestoreAsync(_folder["color.png"], _folder["color-out.png"]);
        }

        Assert.Equal([new ImageShape(1, 3, 6, 5)], color.Requests);
        Assert.Equal([new ImageShape(1, 1, 6, 5)], grey.Requests);
        Assert.True(color.IsDisposed && grey.IsDisposed);
        using ImageTensor result = await ImageFile.LoadAsync(_folder["grey-out.png"]);
        Assert.Equal(1, result.Channels);
        Assert.All(Enumerable.Range(0, 30), i => Assert.Equal(1 - greyPicture.Span[i], result.Span[i], 1e-5f));
    }

    [Fact]
    public async Task Restore_PhotographToJpeg_KeepsPsnr()
    {
        string path = TestPictures.Photographs.First();
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(path, _folder["copy.jpg"]);

        using ImageTensor before = await ImageFile.LoadAsync(path);
        using ImageTensor after = await ImageFile.LoadAsync(_folder["copy.jpg"]);
        double psnr = Psnr.Compute(before, after);
        Assert.True(psnr >= 36, $"PSNR is {psnr:F2} dB, expected at least 36 dB.");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 5)]
    [InlineData(31, 64)]
    public async Task Restore_GreyThroughRgb_AveragesTheChannels(int height, int width)
    {
        using ImageTensor image = TestPictures.Random(1, 1, height, width, maximum: 255);
        await ImageFile.SaveAsync(image, _folder["grey.png"]);
        var restorer = new FakeRestorer(3, (value, channel) => (value * 0.5f) + (channel * 30 / 255f));
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        await photos.RestoreAsync(_folder["grey.png"], _folder["out.png"]);

        using ImageTensor result = await ImageFile.LoadAsync(_folder["out.png"]);
        Assert.Equal([ImageShape.Single(3, height, width)], restorer.Requests);
        Assert.Equal(image.Shape, result.Shape);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.InRange(result.Span[i] - (image.Span[i] * 0.5f) - (30 / 255f), -0.51f / 255, 0.51f / 255);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(17, 5)]
    public async Task Restore_RgbThroughGrey_TakesPlaneByPlane(int height, int width)
    {
        using ImageTensor image = TestPictures.Random(1, 3, height, width);
        await ImageFile.SaveAsync(image, _folder["color.png"]);
        var restorer = new FakeRestorer(1, (value, _) => 1 - value);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        PhotoResult times = await photos.RestoreAsync(_folder["color.png"], _folder["out.png"]);

        using ImageTensor result = await ImageFile.LoadAsync(_folder["out.png"]);
        Assert.Equal(Enumerable.Repeat(ImageShape.Single(1, height, width), 3), restorer.Requests);
        Assert.Equal(TimeSpan.FromMilliseconds(15), times.ComputeTime);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(1 - image.Span[i], result.Span[i], 1e-6);
        }
    }

    [Fact]
    public async Task Restore_GreyThroughGrey_IsPassedAsItIs()
    {
        using ImageTensor image = TestPictures.Random(1, 1, 3, 4);
        await ImageFile.SaveAsync(image, _folder["grey.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["grey.png"], _folder["out.png"]);

        using ImageTensor result = await ImageFile.LoadAsync(_folder["out.png"]);
        TestPictures.AssertSame(image, result);
    }

    [Fact]
    public async Task Restore_Png16_StaysAt16Bits()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 9, 8, maximum: 65535);
        await ImageFile.SaveAsync(image, _folder["deep.png"], new ImageSaveOptions { BitsPerChannel = 16 });
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["deep.png"], _folder["out.png"]);

        using ImageTensor result = await ImageFile.LoadAsync(_folder["out.png"]);
        TestPictures.AssertSame(image, result);
    }

    [Theory]
    [InlineData(1, "abcdef", 3)]
    [InlineData(2, "cbafed", 3)]
    [InlineData(3, "fedcba", 3)]
    [InlineData(4, "defabc", 3)]
    [InlineData(5, "adbecf", 2)]
    [InlineData(6, "daebfc", 2)]
    [InlineData(7, "fcebda", 2)]
    [InlineData(8, "cfbead", 2)]
    public async Task Restore_TurnedPhotograph_IsUpright(ushort orientation, string expected, int width)
    {
        // Stored as the rows abc and def.
        using (var image = new Image<L8>(3, 2))
        {
            for (int i = 0; i < 6; i++)
            {
                image[i % 3, i / 3] = new L8((byte)('a' + i));
            }

            image.Metadata.ExifProfile = new ExifProfile(TestPictures.ExifWithOrientation(orientation));
            await image.SaveAsPngAsync(_folder["turned.png"]);
        }

        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value), new ImageSharpCodec());
        PhotoResult result = await photos.RestoreAsync(_folder["turned.png"], _folder["out.png"]);
        using ImageTensor loaded = await ImageFile.LoadAsync(_folder["turned.png"]);
        using ImageTensor stored = await ImageFile.LoadAsync(_folder["turned.png"], new ImageLoadOptions { ApplyOrientation = false });
        using Image<L8> written = await Image.LoadAsync<L8>(_folder["out.png"]);

        Assert.Equal("abcdef", Letters(stored));
        Assert.Equal(expected, Letters(loaded));
        Assert.Equal((width, 6 / width), (result.Width, result.Height));
        using ImageTensor tensor = written.ToImageTensor();
        Assert.Equal(expected, Letters(tensor));
        Assert.NotNull(written.Metadata.ExifProfile);
        Assert.Equal((ushort?)1, written.Metadata.ExifProfile!.GetValue(ExifTag.Orientation)?.Value);

        static string Letters(ImageTensor image) => string.Concat(image.Span.ToArray().Select(value => (char)Math.Round(value * 255)));
    }

    [Theory]
    [InlineData("in.png", "out.png")]
    [InlineData("in.png", "out.jpg")]
    [InlineData("in.jpg", "out.jpg")]
    [InlineData("in.jpg", "out.png")]
    public async Task Restore_Metadata_GoesAlong(string input, string output)
    {
        using (var image = new Image<Rgb24>(16, 8, new Rgb24(90, 60, 30)))
        {
            image.Metadata.ResolutionUnits = PixelResolutionUnit.PixelsPerInch;
            image.Metadata.HorizontalResolution = 300;
            image.Metadata.VerticalResolution = 300;
            image.Metadata.ExifProfile = new ExifProfile();
            image.Metadata.ExifProfile.SetValue(ExifTag.Artist, "somebody");
            await image.SaveAsync(_folder[input]);
        }

        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder[input], _folder[output]);

        IImageInfo info = await Image.IdentifyAsync(_folder[output]);
        Assert.NotNull(info.Metadata.ExifProfile);
        Assert.Equal("somebody", info.Metadata.ExifProfile!.GetValue(ExifTag.Artist)?.Value);
        double perInch = info.Metadata.HorizontalResolution * (info.Metadata.ResolutionUnits == PixelResolutionUnit.PixelsPerMeter ? 0.0254 : 1);
        Assert.Equal(300, perInch, 0.02);
    }

    [Fact]
    public async Task Restore_ColorProfile_GoesAlong()
    {
        byte[] profile = TestProfiles.Icc();
        byte[] content = [.. "a name"u8, 0, 0, .. HandmadePng.Deflate(profile)];
        _folder.Write("in.png", new HandmadePng(1, 1, 8, HandmadePng.Rgb).Chunk("iCCP", content).Pixels([0, 1, 2, 3]).End());
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["in.png"], _folder["out.jpg"]);

        IImageInfo info = await Image.IdentifyAsync(_folder["out.jpg"]);
        Assert.Equal(profile, info.Metadata.IccProfile?.ToByteArray());
    }

    [Fact]
    public async Task Restore_OntoItsInput_IsRefused()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 3, 4);
        await ImageFile.SaveAsync(image, _folder["a.png"]);
        byte[] before = await File.ReadAllBytesAsync(_folder["a.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => 1 - value), new ImageSharpCodec());
        List<string> outputs = [_folder["a.png"], Path.Combine(_folder["sub"], "..", "a.png")];
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(_folder["link.png"], _folder["a.png"]);
            Directory.CreateSymbolicLink(_folder["here"], _folder.FullPath);
            outputs.AddRange([_folder["link.png"], Path.Combine(_folder["here"], "a.png")]);
        }

        foreach (string output in outputs)
        {
            ImageFileException exception = await Assert.ThrowsAsync<ImageFileException>(() => photos.RestoreAsync(_folder["a.png"], output));
            Assert.Contains("another name", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder["a.png"]));
    }

    [Fact]
    public async Task Restore_CancelledMeanwhile_LeavesNoFile()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 30, 40);
        await ImageFile.SaveAsync(image, _folder["in.png"]);
        using var source = new CancellationTokenSource();
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => value) { OnRestore = source.Cancel }, new ImageSharpCodec());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.png"], cancellationToken: source.Token));
        Assert.Equal(["in.png"], _folder.Files);
    }

    [Fact]
    public async Task Restore_UnknownOutput_IsRefusedBeforeTheWork()
    {
        using ImageTensor image = TestPictures.Random(1, 3, 3, 4);
        await ImageFile.SaveAsync(image, _folder["in.png"]);
        var restorer = new FakeRestorer(3, (value, _) => value);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());

        await Assert.ThrowsAsync<ImageFileException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.gif"]));
        Assert.Empty(restorer.Requests);
    }

    [Fact]
    public void Constructor_UnfitRestorer_IsRefused()
    {
        Assert.Throws<TensorShapeException>(() => new PhotoRestorer(new FakeRestorer(4, (value, _) => value), new ImageSharpCodec()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhotoRestorer(new FakeRestorer(3, (value, _) => value), new ImageSharpCodec()) { Alpha = (AlphaHandling)3 });
    }

    [Fact]
    public async Task Dispose_Restorer_IsDisposedUnlessLeftOpen()
    {
        var owned = new FakeRestorer(3, (value, _) => value);
        var kept = new FakeRestorer(3, (value, _) => value);
        var photos = new PhotoRestorer(owned, new ImageSharpCodec());
        photos.Dispose();
        photos.Dispose();
        new PhotoRestorer(kept, new ImageSharpCodec(), leaveOpen: true).Dispose();

        Assert.True(owned.IsDisposed);
        Assert.False(kept.IsDisposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => photos.RestoreAsync("a.png", "b.png"));
    }
}
