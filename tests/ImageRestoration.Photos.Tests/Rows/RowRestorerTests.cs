using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Restoration;
using ImageRestoration.Tests.Tiling;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Rows;

public sealed class RowRestorerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("streaming").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 8, ".png")]
    [InlineData(1, 16, ".pgm")]
    [InlineData(2, 8, ".png")]
    [InlineData(3, 16, ".png")]
    [InlineData(3, 8, ".ppm")]
    [InlineData(4, 16, ".png")]
    public async Task RestoreFileAsync_AnyFormat_EqualsTheWholePicture(int channels, int bits, string extension)
    {
        int colors = channels > 2 ? 3 : 1;
        using var inner = new ReferenceRestorer(UNet.Create(new UNetOptions { ImageChannels = colors, Channels = [2, 3] }));
        using var streaming = new RowRestorer(inner, new TilingOptions { TileSize = 40, BatchSize = 2 }, leaveOpen: true);
        using ImageTensor image = RowPictures.Create(channels, 93, 71, bits, seed: 3);
        string input = await SaveAsync(image, bits, "input" + extension), output = Path.Combine(_folder, "made", "output" + extension);

        await streaming.RestoreFileAsync(input, output);

        using ImageTensor actual = Load(output);
        using ImageTensor opaque = Planes(image, colors);
        using RestorationResult expected = await inner.RestoreAsync(new RestorationRequest(opaque));
        int maximum = bits == 8 ? 255 : 65535;
        for (int c = 0; c < channels; c++)
        {
            for (int i = 0; i < image.Plane(0, c).Length; i++)
            {
                // Alpha is that of the input.
                float value = c < colors ? MathF.Round(expected.Image.Plane(0, c)[i] * maximum) / maximum : image.Plane(0, c)[i];
                Assert.Equal(value, actual.Plane(0, c)[i]);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RestoreFileAsync_Mask_RestoresMissingPixelsOnly(bool takesMask)
    {
        using var inner = new ReferenceRestorer(
            takesMask ? RandomPictureNetworks.Create(6, mask: true) : DnCnn.Create(imageChannels: 1, depth: 3, channels: 2));
        using var streaming = new RowRestorer(inner, new TilingOptions { TileSize = 72 }, leaveOpen: true);
        using ImageTensor image = RowPictures.Create(1, 150, 131, 8, seed: 3), white = ImageTensor.Create(image.Shape);
        var mask = new Mask(150, 131);
        for (int i = 4000; i < 15_000; i += 13)
        {
            mask.Values[i] = 1;
            white.Span[i] = 1;
        }

        string input = await SaveAsync(image, 8, "input.png");
        string holes = await SaveAsync(white, 8, "mask.pgm");
        string output = Path.Combine(_folder, "output.png");

        await streaming.RestoreFileAsync(input, output, holes);

        using ImageTensor actual = Load(output);
        using RestorationResult expected = await inner.RestoreAsync(new RestorationRequest(image, mask));
        Quantization.RoundTo8Bit(expected.Image);
        Assert.Equal(expected.Image.Span.ToArray(), actual.Span.ToArray());
        Assert.True(Enumerable.Range(0, actual.Span.Length).All(i => mask.Values[i] == 1 || image.Span[i].Equals(actual.Span[i])));
        Assert.Contains(Enumerable.Range(0, actual.Span.Length), i => !image.Span[i].Equals(actual.Span[i]));
    }

    [Fact]
    public async Task RestoreAsync_Blending_EqualsTilesInMemory()
    {
        // Each tile gets another offset, so that weights matter everywhere.
        int runs = 0;
        using var inner = new RecordingRestorer(4, run: (image, _) =>
        {
            ImageTensor changed = image.Clone();
            float offset = runs++ % 7 * 0.05f;
            foreach (ref float value in changed.Span)
            {
                value = (0.5f * value) + offset;
            }

            return Task.FromResult(changed);
        });
        var options = new TilingOptions { TileSize = 64, Overlap = 12, AllowBlending = true };
        using var tiled = new TiledRestorer(inner, options, leaveOpen: true);
        using var streaming = new RowRestorer(inner, options, leaveOpen: true);
        using ImageTensor image = RowPictures.Create(1, 203, 171, 8, seed: 3);
        string input = await SaveAsync(image, 8, "input.png"), output = Path.Combine(_folder, "output.png");

        using RestorationResult expected = await tiled.RestoreAsync(new RestorationRequest(image));
        runs = 0;
        await streaming.RestoreFileAsync(input, output);

        using ImageTensor actual = Load(output);
        Quantization.RoundTo8Bit(expected.Image);
        Assert.Equal(expected.Image.Span.ToArray(), actual.Span.ToArray());
    }

    [Fact]
    public async Task RestoreFileAsync_CancelledDamagedOrUnwritable_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        int runs = 0;
        using var inner = new RecordingRestorer(1, run: async (image, _) =>
        {
            if (++runs == 4)
            {
                await source.CancelAsync();
            }

            return image.Clone();
        });
        using var streaming = new RowRestorer(inner, new TilingOptions { TileSize = 24, Overlap = 2 }, leaveOpen: true);
        using ImageTensor image = RowPictures.Create(1, 100, 90, 8, seed: 3);
        string input = await SaveAsync(image, 8, "input.png");
        string[] before = Directory.GetFiles(_folder);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => streaming.RestoreFileAsync(input, Path.Combine(_folder, "output.png"), cancellationToken: source.Token));
        Assert.Equal(4, runs);

        byte[] bytes = await File.ReadAllBytesAsync(input);
        await File.WriteAllBytesAsync(input, bytes.AsMemory(0, bytes.Length * 3 / 4));
        ImageFileException damaged = await Assert.ThrowsAsync<ImageFileException>(
            () => streaming.RestoreFileAsync(input, Path.Combine(_folder, "output.png")));
        Assert.Contains("input.png", damaged.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", damaged.Message, StringComparison.Ordinal);

        await Assert.ThrowsAsync<ImageFileException>(
            () => streaming.RestoreFileAsync(Path.Combine(_folder, "none.png"), Path.Combine(_folder, "output.png")));
        await File.WriteAllBytesAsync(input, bytes);
        Assert.Contains(
            ".jpg", (
                await Assert.ThrowsAsync<ImageFileException>(
                    () => streaming.RestoreFileAsync(input, Path.Combine(_folder, "output.jpg")))).Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task RestoreAsync_UnfitSourcesAndMasks_AreRefused()
    {
        using var grey = new ReferenceRestorer(RandomPictureNetworks.Create(3, mask: true));
        using var streaming = new RowRestorer(grey, leaveOpen: true);
        using ImageTensor image = RowPictures.Create(1, 10, 9, 8, seed: 3);
        using ImageTensor rgb = RowPictures.Create(3, 10, 9, 8, seed: 3);
        using ImageTensor small = RowPictures.Create(1, 9, 9, 8, seed: 3);
        string input = await SaveAsync(image, 8, "input.png");
        string color = await SaveAsync(rgb, 8, "color.png");
        string other = await SaveAsync(small, 8, "small.png");
        string output = Path.Combine(_folder, "output.png");

        await RefusedAsync("takes 1", color, input);
        await RefusedAsync("there is no mask", input, null);
        await RefusedAsync("takes a grey mask of 10×9", input, other);
        await RefusedAsync("The mask has 3 channel(s)", input, color);

        async Task RefusedAsync(string part, string picture, string? mask)
            => Assert.Contains(
                part, (
                    await Assert.ThrowsAnyAsync<ImageRestorationException>(
                        () => streaming.RestoreFileAsync(picture, output, mask))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_RowsMissing_LeavesNothing()
    {
        string path = Path.Combine(_folder, "short.png");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RowFile.WriteAsync(path, new RowFormat(3, 3, 1, 8), _ => Task.CompletedTask));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static ImageTensor Planes(ImageTensor image, int count)
    {
        ImageTensor planes = ImageTensor.Create(image.Shape with { Channels = count });
        image.Span[..planes.Span.Length].CopyTo(planes.Span);
        return planes;
    }

    private static ImageTensor Load(string path)
    {
        using IRowSource source = RowFile.Open(path);
        return RowPictures.Read(source);
    }

    private async Task<string> SaveAsync(ImageTensor image, int bits, string name)
    {
        string path = Path.Combine(_folder, name);
        await RowFile.WriteAsync(path, new RowFormat(image.Width, image.Height, image.Channels, bits), sink =>
        {
            RowPictures.Write(sink, image);
            return Task.CompletedTask;
        });
        return path;
    }
}
