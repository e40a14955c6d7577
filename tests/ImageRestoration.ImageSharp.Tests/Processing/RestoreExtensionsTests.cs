using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace ImageRestoration.Tests.Processing;

public class RestoreExtensionsTests
{
    public static TheoryData<string> Kinds => ["grey8", "grey16", "greyAlpha8", "greyAlpha16", "rgb8", "rgb16", "rgba8", "rgba16"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Restore_EveryPixelType_IsTheSameInEveryWay(string kind)
    {
        using Image image = RandomImages.Create(kind, 19, 13, 1);
        using Image changed = RandomImages.Create(kind, 19, 13, 1);
        using Image mutated = RandomImages.Create(kind, 19, 13, 1);
        var restorer = new FakeRestorer(3, (value, _) => 1 - value);
        using Image copy = await image.RestoreAsync(restorer);
        await changed.RestoreInPlaceAsync(restorer);
        mutated.Mutate(x => x.Restore(restorer).Flip(FlipMode.Horizontal).Flip(FlipMode.Horizontal));

        Rgba64[] before = RandomImages.Pixels(image);
        Rgba64[] after = RandomImages.Pixels(copy);
        for (int i = 0; i < before.Length; i++)
        {
            Rgba64 p = before[i];
            Assert.Equal(p.A == 0 ? p : new Rgba64((ushort)(65535 - p.R), (ushort)(65535 - p.G), (ushort)(65535 - p.B), p.A), after[i]);
        }

        Assert.IsType(image.GetType(), copy);
        Assert.Equal(after, RandomImages.Pixels(changed));
        Assert.Equal(after, RandomImages.Pixels(mutated));
    }

    [Fact]
    public async Task Restore_OtherOrders_AreUnderstood()
    {
        using var bgr = new Image<Bgr24>(1, 1) { [0, 0] = new Bgr24(10, 20, 30) };
        using var bgra = new Image<Bgra32>(1, 1) { [0, 0] = new Bgra32(10, 20, 30, 77) };
        var restorer = new FakeRestorer(3, (value, channel) => value + ((channel + 1) / 255f));
        await bgr.RestoreInPlaceAsync(restorer);
        await bgra.RestoreInPlaceAsync(restorer);

        Assert.Equal(new Bgr24(11, 22, 33), bgr[0, 0]);
        Assert.Equal(new Bgra32(11, 22, 33, 77), bgra[0, 0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RestoreAsync_Mask_KeepsKnownPixels(string kind)
    {
        using Image image = RandomImages.Create(kind, 19, 13, 1);
        Mask mask = RandomImages.Mask(19, 13, 2);
        using Image result = await image.RestoreAsync(new FakeRestorer(3, (_, _) => 0.3f, takesMask: true), mask);

        Rgba64[] before = RandomImages.Pixels(image);
        Rgba64[] after = RandomImages.Pixels(result);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i].A, after[i].A);
            Assert.Equal(mask.Values[i] == 0 || before[i].A == 0, before[i] == after[i]);
        }
    }

    [Fact]
    public void Restore_Rectangle_LeavesTheRestAsItIs()
    {
        using Image<L8> image = RandomImages.Create<L8>(10, 8, 1);
        using Image<L8> before = image.Clone();
        var restorer = new FakeRestorer(1, (value, _) => 1 - value);
        image.Mutate(x => x.Restore(restorer, new Rectangle(2, 3, 4, 2)));

        Assert.Equal([ImageShape.Single(1, 2, 4)], restorer.Requests);
        for (int i = 0; i < 80; i++)
        {
            (int x, int y) = (i % 10, i / 10);
            byte value = before[x, y].PackedValue;
            Assert.Equal(x is >= 2 and < 6 && y is >= 3 and < 5 ? 255 - value : value, image[x, y].PackedValue);
        }
    }

    [Fact]
    public async Task Restore_Alpha_IsHandledAsAskedFor()
    {
        var restorer = new FakeRestorer(3, (value, _) => 1 - value);
        using var image = new Image<Rgba32>(1, 1) { [0, 0] = new Rgba32(10, 20, 30, 0) };
        using Image<Rgba32> preserved = await image.RestoreAsync(restorer);
        using Image<Rgba32> restored = await image.RestoreAsync(restorer, alpha: AlphaHandling.Restore);
        using Image<Rgba32> discarded = image.Clone(x => x.Restore(restorer, alpha: AlphaHandling.Discard));

        Assert.Equal(new Rgba32(10, 20, 30, 0), preserved[0, 0]);
        Assert.Equal(new Rgba32(245, 235, 225, 255), restored[0, 0]);
        Assert.Equal(new Rgba32(245, 235, 225, 255), discarded[0, 0]);
        Assert.Equal(new Rgba32(10, 20, 30, 0), image[0, 0]);
    }

    [Fact]
    public async Task RestoreAsync_Metadata_GoesAlong()
    {
        using Image<Rgb24> image = RandomImages.Create<Rgb24>(4, 3, 1);
        image.Metadata.HorizontalResolution = 123;
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Artist, "somebody");
        using Image<Rgb24> result = await image.RestoreAsync(new FakeRestorer(3, (value, _) => value));

        Assert.Equal(123, result.Metadata.HorizontalResolution);
        Assert.True(result.Metadata.ExifProfile!.TryGetValue(ExifTag.Artist, out IExifValue<string>? artist));
        Assert.Equal("somebody", artist.Value);
    }

    [Fact]
    public async Task RestoreInPlaceAsync_Cancelled_LeavesTheImageAsItWas()
    {
        using Image<Rgb24> image = RandomImages.Create<Rgb24>(4, 3, 1);
        Rgba64[] before = RandomImages.Pixels(image);
        using var source = new CancellationTokenSource();
        var restorer = new FakeRestorer(3, (value, _) => 1 - value) { OnRestore = source.Cancel };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => image.RestoreInPlaceAsync(restorer, cancellationToken: source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => image.RestoreAsync(restorer, cancellationToken: source.Token));
        Assert.Equal(before, RandomImages.Pixels(image));
    }

    [Fact]
    public async Task Restore_WhatDoesNotFit_IsRefused()
    {
        using Image<Rgb24> image = RandomImages.Create<Rgb24>(4, 3, 1);
        var restorer = new FakeRestorer(3, (value, _) => value, takesMask: true);

        Assert.Throws<TensorShapeException>(() => image.Mutate(x => x.Restore(restorer)));
        await Assert.ThrowsAsync<TensorShapeException>(() => image.RestoreAsync(restorer));
        await Assert.ThrowsAsync<TensorShapeException>(() => image.RestoreAsync(restorer, new Mask(4, 3)));
        await Assert.ThrowsAsync<TensorShapeException>(() => image.RestoreInPlaceAsync(new FakeRestorer(4, (value, _) => value)));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Mutate(x => x.Restore(restorer, alpha: (AlphaHandling)7)));
        Assert.Empty(restorer.Requests);
    }
}
