using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.Tests;

public sealed class PhotoInpaintingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            TheoryData<string, string, int> cases = [];
            foreach (string kind in new[] { "grey8", "grey16", "greyAlpha8", "greyAlpha16", "rgb8", "rgb16", "rgba8", "rgba16" })
            {
                foreach (int channels in new[] { 1, 3 })
                {
                    cases.Add(kind, "png", channels);
                    cases.Add(kind, "tiff", channels);
                    if (kind.EndsWith('8'))
                    {
                        cases.Add(kind, "webp", channels);
                    }
                }
            }

            return cases;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Restore_KnownPixels_AreBitIdenticalInTheFile(string kind, string extension, int channels)
    {
        // The fake changes known pixels too: that they stay must not be up to the restorer.
        using var photos = new PhotoRestorer(new FakeRestorer(channels, (_, _) => 0.2f, takesMask: true), new ImageSharpCodec());
        var random = new Random(kind.Length + channels);
        for (int i = 0; i < 4; i++)
        {
            (int width, int height) = i == 0 ? (1, 1) : (random.Next(1, 40), random.Next(1, 40));
            using Image image = RandomImages.Create(kind, width, height, seed: i);
            await image.SaveAsync(_folder["in.png"]);
            Mask mask = RandomImages.Mask(width, height, seed: i);
            await photos.RestoreAsync(_folder["in.png"], _folder["out." + extension], PhotoMask.From(mask));

            // A second time from the format itself, so that reading it is exact as well.
            await photos.RestoreAsync(_folder["out." + extension], _folder["again." + extension], PhotoMask.From(mask));
            Rgba64[] before = RandomImages.Pixels(image);
            Rgba64[] after = RandomImages.Pixels(_folder["again." + extension]);
            Assert.Equal(RandomImages.Pixels(_folder["out." + extension]), after);
            int filled = kind.EndsWith('8') ? 51 * 257 : 13107; // 0.2 · 255, 0.2 · 65535
            for (int p = 0; p < before.Length; p++)
            {
                bool shown = mask.Values[p] == 1 && before[p].A > 0;
                Rgba64 expected = shown ? new Rgba64((ushort)filled, (ushort)filled, (ushort)filled, before[p].A) : before[p];
                Assert.Equal(expected, after[p]);
            }
        }
    }

    [Fact]
    public async Task Restore_WhatStandsInMissingPixels_MakesNoDifference()
    {
        using Image<Rgb24> image = RandomImages.Create<Rgb24>(20, 15, 1);
        Mask mask = RandomImages.Mask(20, 15, 2);
        await image.SaveAsync(_folder["a.png"]);
        for (int i = 0; i < mask.Values.Length; i++)
        {
            image[i % 20, i / 20] = mask.Values[i] == 1 ? new Rgb24(9, 99, 199) : image[i % 20, i / 20];
        }

        await image.SaveAsync(_folder["b.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(3, (value, _) => 0.2f + (value / 2), takesMask: true), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["a.png"], _folder["a-out.png"], PhotoMask.From(mask));
        await photos.RestoreAsync(_folder["b.png"], _folder["b-out.png"], PhotoMask.From(mask));

        Assert.Equal(RandomImages.Pixels(_folder["a-out.png"]), RandomImages.Pixels(_folder["b-out.png"]));
    }

    [Fact]
    public async Task Restore_MaskWithARestorerOfWholePictures_RestoresThereAlone()
    {
        using Image<L8> image = RandomImages.Create<L8>(20, 15, 1);
        await image.SaveAsync(_folder["in.png"]);
        Mask mask = RandomImages.Mask(20, 15, 2);
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => 1 - value), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.From(mask));

        using Image<L8> result = await Image.LoadAsync<L8>(_folder["out.png"]);
        for (int i = 0; i < mask.Values.Length; i++)
        {
            byte before = image[i % 20, i / 20].PackedValue;
            Assert.Equal(mask.Values[i] == 1 ? 255 - before : before, result[i % 20, i / 20].PackedValue);
        }
    }

    [Fact]
    public async Task Restore_MaskFromAFile_TakesBrightPixels()
    {
        using Image<Rgb24> image = RandomImages.Create<Rgb24>(4, 1, 1);
        await image.SaveAsync(_folder["in.png"]);
        using var grey = new Image<L8>(4, 1) { [1, 0] = new L8(127), [2, 0] = new L8(128), [3, 0] = new L8(255) };
        await grey.SaveAsync(_folder["mask.png"]);
        using var color = new Image<Rgb24>(4, 1) { [1, 0] = new Rgb24(255, 0, 0), [2, 0] = new Rgb24(255, 200, 0), [3, 0] = new Rgb24(255, 255, 255) };
        await color.SaveAsync(_folder["color.webp"], new SixLabors.ImageSharp.Formats.Webp.WebpEncoder { FileFormat = SixLabors.ImageSharp.Formats.Webp.WebpFileFormatType.Lossless });
        var restorer = new FakeRestorer(3, (_, _) => 0, takesMask: true);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        await photos.RestoreAsync(_folder["in.png"], _folder["a.png"], PhotoMask.FromFile(_folder["mask.png"]));
        await photos.RestoreAsync(_folder["in.png"], _folder["b.png"], PhotoMask.FromFile(_folder["color.webp"]));
        await photos.RestoreAsync(_folder["in.png"], _folder["c.png"], PhotoMask.FromFile(_folder["mask.png"], threshold: 1));

        Assert.Equal(["0011", "0011", "0001"], restorer.Masks.Select(mask => string.Concat(mask!.Values.ToArray())));
    }

    [Fact]
    public async Task Restore_MaskFromAlpha_FillsAndBecomesOpaque()
    {
        using var image = new Image<Rgba32>(4, 1)
        {
            [0, 0] = new Rgba32(1, 2, 3, 255),
            [1, 0] = new Rgba32(4, 5, 6, 200),
            [2, 0] = new Rgba32(7, 8, 9, 127),
            [3, 0] = new Rgba32(10, 11, 12, 0),
        };
        await image.SaveAsync(_folder["in.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(3, (_, channel) => channel / 255f, takesMask: true), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.FromAlpha());
        await photos.RestoreAsync(_folder["in.png"], _folder["all.jpg"], PhotoMask.FromAlpha(threshold: 1));

        using Image<Rgba32> result = await Image.LoadAsync<Rgba32>(_folder["out.png"]);
        Assert.Equal([new(1, 2, 3, 255), new(4, 5, 6, 200), new(0, 1, 2, 255), new(0, 1, 2, 255)], Enumerable.Range(0, 4).Select(x => result[x, 0]));
        Assert.True(File.Exists(_folder["all.jpg"]));
    }

    [Fact]
    public async Task Restore_DilatedMask_IsLargerAndAsOpaque()
    {
        using var image = new Image<Rgba32>(5, 1, new Rgba32(1, 2, 3, 255)) { [0, 0] = new Rgba32(7, 8, 9, 0), [4, 0] = new Rgba32(7, 8, 9, 128) };
        await image.SaveAsync(_folder["in.png"]);
        using var photos = new PhotoRestorer(new FakeRestorer(3, (_, channel) => (100 + channel) / 255f, takesMask: true), new ImageSharpCodec());
        await photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.FromAlpha().Dilate(1));

        using Image<Rgba32> result = await Image.LoadAsync<Rgba32>(_folder["out.png"]);
        Assert.Equal([new(100, 101, 102, 255), new(100, 101, 102, 255), new(1, 2, 3, 255), new(1, 2, 3, 255), new(7, 8, 9, 128)], Enumerable.Range(0, 5).Select(x => result[x, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhotoMask.FromAlpha().Dilate(-1));
    }

    [Fact]
    public async Task Restore_MaskFromAStrategy_DependsOnTheSeedAlone()
    {
        using Image<L8> image = RandomImages.Create<L8>(64, 48, 1);
        await image.SaveAsync(_folder["in.png"]);
        var restorer = new FakeRestorer(1, (_, _) => 0, takesMask: true);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());
        var strategy = new FreeFormMaskStrategy();
        foreach (ulong seed in new ulong[] { 1, 1, 2 })
        {
            await photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.FromStrategy(strategy, seed));
        }

        byte[][] masks = [.. restorer.Masks.Select(mask => mask!.Values.ToArray())];
        Assert.Equal(masks[0], masks[1]);
        Assert.NotEqual(masks[0], masks[2]);
        Assert.Equal(strategy.Create(48, 64, new SeededRandom(1)).Values.ToArray(), masks[0]);
    }

    [Fact]
    public async Task Restore_UnfitMask_IsRefused()
    {
        using Image<L8> image = RandomImages.Create<L8>(5, 4, 1);
        await image.SaveAsync(_folder["in.png"]);
        await image.SaveAsync(_folder["mask.png"]);
        using Image<L8> turned = RandomImages.Create<L8>(4, 5, 1);
        await turned.SaveAsync(_folder["turned.png"]);
        var restorer = new FakeRestorer(1, (value, _) => value, takesMask: true);
        using var photos = new PhotoRestorer(restorer, new ImageSharpCodec());

        MaskRequiredException none = await Assert.ThrowsAsync<MaskRequiredException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.png"]));
        TensorShapeException given = await Assert.ThrowsAsync<TensorShapeException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.From(new Mask(5, 4))));
        TensorShapeException file = await Assert.ThrowsAsync<TensorShapeException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.FromFile(_folder["turned.png"])));
        await Assert.ThrowsAsync<ImageFileException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.png"], PhotoMask.FromFile(_folder["missing.png"])));
        Assert.Contains("PhotoMask.FromFile", none.Message, StringComparison.Ordinal);
        Assert.Contains("5×4", given.Message, StringComparison.Ordinal);
        Assert.Contains("turned.png", file.Message, StringComparison.Ordinal);
        Assert.Empty(restorer.Requests);
        Assert.DoesNotContain("out.png", _folder.Files);
        Assert.Throws<ArgumentOutOfRangeException>(() => PhotoMask.FromAlpha(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhotoMask.FromFile("a.png", float.NaN));
    }

    [Fact]
    public async Task Restore_CancelledWhileFilling_LeavesNoFile()
    {
        using Image<L8> image = RandomImages.Create<L8>(5, 4, 1);
        await image.SaveAsync(_folder["in.png"]);
        using var source = new CancellationTokenSource();
        using var photos = new PhotoRestorer(new FakeRestorer(1, (value, _) => value, takesMask: true) { OnRestore = source.Cancel }, new ImageSharpCodec());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => photos.RestoreAsync(_folder["in.png"], _folder["out.tiff"], PhotoMask.From(new Mask(4, 5)), cancellationToken: source.Token));
        Assert.Equal(["in.png"], _folder.Files);
    }
}
