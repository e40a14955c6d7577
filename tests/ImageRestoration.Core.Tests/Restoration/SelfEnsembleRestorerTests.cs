using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;
using ImageRestoration.Tests.Tiling;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Restoration;

public sealed class SelfEnsembleRestorerTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task RestoreAsync_AnyVariants_IsTheMeanOfTheTurnedBackResults(int variants)
    {
        using var inner = new ReferenceRestorer(UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [3, 4] }));
        using var ensemble = new SelfEnsembleRestorer(inner, variants, leaveOpen: true);
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(2, 1, 37, 52), seed: 1);

        using RestorationResult actual = await ensemble.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        var expected = new double[image.Span.Length];
        for (int variant = 0; variant < variants; variant++)
        {
            (bool transposed, bool upsideDown, bool mirrored) = ((variant & 4) != 0, (variant & 2) != 0, (variant & 1) != 0);
            using ImageTensor turned = ImageTensor.Create(transposed ? new ImageShape(2, 1, 52, 37) : image.Shape);
            ForEach(image, turned, transposed, upsideDown, mirrored, (at, turnedAt) => turned.Span[turnedAt] = image.Span[at]);
            using RestorationResult one = await inner.RestoreAsync(new RestorationRequest(turned), new RestorationOptions { Clamp = false });
            ForEach(image, turned, transposed, upsideDown, mirrored, (at, turnedAt) => expected[at] += one.Image.Span[turnedAt] / (double)variants);
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual.Image.Span[i], 1e-6);
        }
    }

    [Fact]
    public async Task RestoreAsync_Mask_IsTurnedWithThePictureAndKnownPixelsAreBitIdentical()
    {
        // Missing pixels are marked in the picture too, so that the restorer inside sees whether both were turned alike.
        using var inner = new MaskChecker();
        using var ensemble = new SelfEnsembleRestorer(inner);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 33, 65), seed: 2);
        var mask = new Mask(33, 65);
        for (int i = 0; i < mask.Values.Length; i += 7)
        {
            mask.Values[i] = 1;
            image.Span[i] = -1;
        }

        using RestorationResult result = await ensemble.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Equal(8, inner.Runs);
        Assert.Equal(4, inner.Transposed);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(mask.Values[i] == 0 ? image.Span[i] : 0.75f, result.Image.Span[i]);
        }
    }

    [Fact]
    public async Task RestoreAsync_Limits_ApplyToTheMean()
    {
        int run = 0;
        using var inner = new RecordingRestorer(1, run: (image, _) =>
        {
            ImageTensor filled = ImageTensor.Create(image.Shape);
            filled.Span.Fill(run++ == 0 ? 3 : -2);
            return Task.FromResult(filled);
        });
        using var ensemble = new SelfEnsembleRestorer(inner, variants: 4);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 3));

        using RestorationResult result = await ensemble.RestoreAsync(new RestorationRequest(image));
        run = 0;
        using RestorationResult free = await ensemble.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        // (3 − 2 − 2 − 2) / 4 is limited to 0; limits before the mean would have made it (1 + 0 + 0 + 0) / 4.
        Assert.All(result.Image.Span.ToArray(), v => Assert.Equal(0f, v));
        Assert.All(free.Image.Span.ToArray(), v => Assert.Equal(-0.75f, v));
    }

    [Fact]
    public async Task Info_TileHalo_ServesAllVariantsOrIsUnknown()
    {
        var builder = new NetworkBuilder("lopsided");
        Network network = builder.Output("image", builder.Input("image", 1).Conv2d(1, new Size2d(3, 7), padding: new Size2d(1, 5), bias: false).Conv2d(1, new Size2d(1, 5))).Build();
        using var inner = new ReferenceRestorer(network);
        Assert.NotEqual(inner.Info.TileHalo!.Value.Left, inner.Info.TileHalo.Value.Top);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 61, 83), seed: 1);
        foreach (int variants in new[] { 2, 4, 8 })
        {
            using var ensemble = new SelfEnsembleRestorer(inner, variants, leaveOpen: true);
            using var tiled = new TiledRestorer(ensemble, new TilingOptions { TileSize = 32 });
            using RestorationResult whole = await ensemble.RestoreAsync(new RestorationRequest(image)), tiles = await tiled.RestoreAsync(new RestorationRequest(image));
            for (int i = 0; i < image.Span.Length; i++)
            {
                Assert.Equal(whole.Image.Span[i], tiles.Image.Span[i], 1e-6f);
            }
        }

        using var strided = new SelfEnsembleRestorer(new ReferenceRestorer(UNet.Create(new UNetOptions { ImageChannels = 1, Channels = [1, 1] })));
        Assert.Null(strided.Info.TileHalo);
        Assert.Contains("tiles inside, ensemble outside", Assert.Throws<ArgumentException>(() => new TiledRestorer(strided)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Create_OtherNumbersOfVariants_AreRefused(int variants)
    {
        using var inner = new RecordingRestorer(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SelfEnsembleRestorer(inner, variants));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_InnerRestorer_StaysOpenOnlyWhereAskedFor(bool leaveOpen)
    {
        var inner = new RecordingRestorer(1);
        var ensemble = new SelfEnsembleRestorer(inner, leaveOpen: leaveOpen);
        ensemble.Dispose();
        ensemble.Dispose();
        Assert.Equal(leaveOpen ? 0 : 1, inner.Disposals);
    }

    /// <summary>Pairs the indices of a picture's values with those of the turned picture: transposed, then rows reversed, then columns reversed.</summary>
    private static void ForEach(ImageTensor image, ImageTensor turned, bool transposed, bool upsideDown, bool mirrored, Action<int, int> pair)
    {
        for (int n = 0; n < image.Batch; n++)
        {
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    (int row, int column) = transposed ? (x, y) : (y, x);
                    row = upsideDown ? turned.Height - 1 - row : row;
                    column = mirrored ? turned.Width - 1 - column : column;
                    pair((((n * image.Height) + y) * image.Width) + x, (((n * turned.Height) + row) * turned.Width) + column);
                }
            }
        }
    }

    private sealed class MaskChecker : IRestorer
    {
        public RestorerInfo Info { get; } = new("checker", RestorationTask.Inpaint, 1, TakesMask: true, "Test", "cpu");

        internal int Runs { get; private set; }

        internal int Transposed { get; private set; }

        public Task<RestorationResult> RestoreAsync(RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Runs++;
            Transposed += request.Image.Height > request.Image.Width ? 1 : 0;
            ImageTensor result = request.Image.Clone();
            for (int i = 0; i < result.Span.Length; i++)
            {
                Assert.Equal(request.Mask!.Values[i] == 1, result.Span[i] < 0);
                result.Span[i] = 0.75f;
            }

            return Task.FromResult(new RestorationResult(result, TimeSpan.Zero));
        }

        public void Dispose()
        {
        }
    }
}
