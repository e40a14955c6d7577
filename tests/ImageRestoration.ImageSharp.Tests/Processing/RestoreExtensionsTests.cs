using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Tiff.Constants;
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
        Assert.Equal("somebody", result.Metadata.ExifProfile!.GetValue(ExifTag.Artist)?.Value);
    }

    public static TheoryData<string, string> StorageKinds => new()
    {
        { "palette.png", "png" }, { "bit.png", "png" }, { "interlaced.png", "png" }, { "poor.jpg", "jpg" }, { "grey.jpg", "jpg" },
        { "bit.tiff", "tiff" }, { "palette.tiff", "tiff" }, { "palette.bmp", "bmp" }, { "bit.pbm", "pbm" },
    };

    /// <summary>A file of few colours or low quality is opened, restored and saved without options, in each way to restore.</summary>
    [Theory]
    [MemberData(nameof(StorageKinds))]
    public async Task Restore_ThenPlainSave_KeepsTheResult(string name, string extension)
    {
        using var folder = new TemporaryFolder();
        using Image<Rgb24> result = RandomImages.Create<Rgb24>(24, 16, 5);
        using (Image<Rgb24> poor = Blocks())
        {
            await poor.SaveAsync(folder[name], EncoderOf(name));
        }

        // Gives back the picture above, whatever the file holds.
        using ImageTensor wanted = result.ToImageTensor();
        int next = 0;
        var restorer = new FakeRestorer(3, (_, _) => wanted.Span[next++ % wanted.Span.Length]);
        using Image<Rgb24> opened = await Image.LoadAsync<Rgb24>(folder[name]);
        using Image<Rgb24> copy = await opened.RestoreAsync(restorer);
        using Image<Rgb24> mutated = opened.Clone(x => x.Restore(restorer));
        await opened.RestoreInPlaceAsync(restorer);
        foreach (Image<Rgb24> restored in new[] { copy, mutated, opened })
        {
            await restored.SaveAsync(folder["out." + extension]);
            using Image<Rgb24> saved = await Image.LoadAsync<Rgb24>(folder["out." + extension]);
            using ImageTensor actual = saved.ToImageTensor();
            if (extension == "pbm")
            {
                // A PBM of two colours becomes one of grey levels.
                Assert.True(actual.Span.ToArray().Distinct().Count() > 50);
                continue;
            }

            // At quality 95 and 4:4:4, even noise has more than 25 dB; in the source's 5, palette or two colours less than 12.
            double psnr = Metrics.Psnr.Compute(wanted, actual);
            Assert.True(extension == "jpg" ? psnr > 25 : double.IsPositiveInfinity(psnr), $"PSNR is {psnr:F2} dB.");
        }
    }

    [Fact]
    public async Task Restore_16Bits_ArePlainlySaved()
    {
        using var folder = new TemporaryFolder();
        using Image<Rgb48> image = RandomImages.Create<Rgb48>(9, 7, 2);
        image.Metadata.GetPngMetadata().BitDepth = PngBitDepth.Bit8;
        await image.RestoreInPlaceAsync(new FakeRestorer(3, (value, _) => value));
        await image.SaveAsync(folder["out.png"]);

        using Image<Rgb48> saved = await Image.LoadAsync<Rgb48>(folder["out.png"]);
        Assert.Equal(RandomImages.Pixels(image), RandomImages.Pixels(saved));
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

        Assert.Throws<MaskRequiredException>(() => image.Mutate(x => x.Restore(restorer)));
        await Assert.ThrowsAsync<MaskRequiredException>(() => image.RestoreAsync(restorer));
        await Assert.ThrowsAsync<TensorShapeException>(() => image.RestoreAsync(restorer, new Mask(4, 3)));
        await Assert.ThrowsAsync<TensorShapeException>(() => image.RestoreInPlaceAsync(new FakeRestorer(4, (value, _) => value)));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Mutate(x => x.Restore(restorer, alpha: (AlphaHandling)7)));
        Assert.Empty(restorer.Requests);
    }

    /// <summary>Two colours in blocks.</summary>
    private static Image<Rgb24> Blocks()
    {
        var image = new Image<Rgb24>(24, 16);
        for (int i = 0; i < 24 * 16; i++)
        {
            image[i % 24, i / 24] = (i / 4 % 2) == 0 ? new Rgb24(0, 0, 0) : new Rgb24(255, 255, 255);
        }

        return image;
    }

    private static IImageEncoder EncoderOf(string name) => name switch
    {
        "palette.png" => new PngEncoder { ColorType = PngColorType.Palette, BitDepth = PngBitDepth.Bit4 },
        "bit.png" => new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit1 },
        "interlaced.png" => new PngEncoder { InterlaceMethod = PngInterlaceMode.Adam7 },
        "poor.jpg" => new JpegEncoder { Quality = 5, ColorType = JpegColorType.YCbCrRatio420 },
        "grey.jpg" => new JpegEncoder { Quality = 5, ColorType = JpegColorType.Luminance },
        "bit.tiff" => new TiffEncoder { BitsPerPixel = TiffBitsPerPixel.Bit1 },
        "palette.tiff" => new TiffEncoder { PhotometricInterpretation = TiffPhotometricInterpretation.PaletteColor },
        "palette.bmp" => new BmpEncoder { BitsPerPixel = BmpBitsPerPixel.Pixel8 },
        _ => new PbmEncoder { ColorType = PbmColorType.BlackAndWhite },
    };
}
