using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Tests.Classical.Inpainting;

public sealed class TextureSynthesisRestorerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public async Task RestoreAsync_Texture_IsAsStrongAsAsked(int batch, int channels)
    {
        // Noise: a smooth structure has nothing of it.
        var shape = new ImageShape(batch, channels, 90, 110);
        using ImageTensor image = RandomNetworks.Picture(shape, seed: 3);
        Mask mask = InpaintingTestData.Rectangle(90, 110, 20, 30, 40, 50);
        using var plain = new HarmonicRestorer(channels);
        using RestorationResult structure = await plain.RestoreAsync(new RestorationRequest(image, mask));
        double known = MeanStep(image, new Mask(90, 110)), before = MeanStep(structure.Image, mask);

        foreach (float sharpness in new[] { 0f, 0.5f, 1f })
        {
            var options = new TextureSynthesisOptions { Sharpness = sharpness };
            using var restorer = new TextureSynthesisRestorer(plain, options, leaveOpen: true);
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

            double share = MeanStep(result.Image, mask) / known;
            Assert.InRange(share, 0.7 * sharpness, (1.1 * sharpness) + (before / known));
        }
    }

    [Fact]
    public async Task RestoreAsync_TextureOfTwoKinds_CopiesTheKindThatFitsTheStructure()
    {
        // Dark stripes from top to bottom and bright ones from left to right; the hole lies in both.
        const int Height = 96, Width = 160;
        using ImageTensor image = InpaintingTestData.Picture(
            Height, Width, (x, y) => x < Width / 2 ? 0.2f + (0.15f * (x / 2 % 2)) : 0.7f + (0.15f * (y / 2 % 2)));
        using ImageTensor smooth = InpaintingTestData.Picture(Height, Width, (x, _) => x < Width / 2 ? 0.275f : 0.775f);
        Mask mask = InpaintingTestData.Rectangle(Height, Width, 30, 50, 36, 60);
        using var restorer = new TextureSynthesisRestorer(new FixedRestorer(smooth));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        (double Across, double Down) left = Steps(result.Image, 56, 74), right = Steps(result.Image, 86, 104);
        Assert.True(left.Across > 3 * left.Down, $"Stripes from top to bottom have steps of {left}.");
        Assert.True(right.Down > 3 * right.Across, $"Stripes from left to right have steps of {right}.");

        static (double Across, double Down) Steps(ImageTensor image, int from, int to)
        {
            double across = 0, down = 0;
            for (int y = 36; y < 60; y++)
            {
                for (int x = from; x < to; x++)
                {
                    float value = image.Row(0, 0, y)[x];
                    across += Math.Abs(image.Row(0, 0, y)[x + 1] - value);
                    down += Math.Abs(image.Row(0, 0, y + 1)[x] - value);
                }
            }

            return (across, down);
        }
    }

    [Fact]
    public async Task RestoreAsync_ColourThatThePictureHasNowhere_MovesToOneThatItHas()
    {
        // Dark and bright noise; between them the structure is a wide grey.
        const int Size = 120;
        var random = new SeededRandom(8);
        using ImageTensor image = InpaintingTestData.Picture(
            Size, Size, (x, _) => (x < Size / 2 ? 0.2f : 0.8f) + (0.1f * (random.NextSingle() - 0.5f)));
        using ImageTensor fog = InpaintingTestData.Picture(
            Size, Size, (x, _) => x < 45 ? 0.2f : x > 75 ? 0.8f : 0.2f + (0.6f * (x - 45) / 30));
        Mask mask = InpaintingTestData.Rectangle(Size, Size, 35, 35, 50, 50);
        using var restorer = new TextureSynthesisRestorer(new FixedRestorer(fog));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        (double before, double after) = (Greyness(fog), Greyness(result.Image));
        Assert.True(after < 0.8 * before, $"Values are {after:F3} away from dark and bright, {before:F3} before.");

        static double Greyness(ImageTensor picture)
        {
            double sum = 0;
            for (int y = 45; y < 75; y++)
            {
                // Means over three columns, with less of the noise.
                for (int x = 46; x < 74; x++)
                {
                    float mean = (picture.Row(0, 0, y)[x - 1] + picture.Row(0, 0, y)[x] + picture.Row(0, 0, y)[x + 1]) / 3;
                    sum += Math.Min(Math.Abs(mean - 0.2), Math.Abs(mean - 0.8)) / (30 * 28);
                }
            }

            return sum;
        }
    }

    [Fact]
    public async Task RestoreAsync_StructureThatIsTheTruth_StaysNearIt()
    {
        // A structure with all the detail there is has no need of more.
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 80, 80), seed: 4);
        Mask mask = InpaintingTestData.Rectangle(80, 80, 20, 20, 30, 30);
        using var restorer = new TextureSynthesisRestorer(new FixedRestorer(image), new TextureSynthesisOptions { Sharpness = 0.5f });

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.True(Psnr.Compute(image, result.Image, mask) > 50);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 3, 1, 9)]
    [InlineData(2, 3, 2, 2)]
    [InlineData(1, 1, 40, 3)]
    [InlineData(2, 2, 37, 50)]
    public async Task RestoreAsync_AnySizeAndMask_KeepsKnownPixelsAndUsesNoOthers(int batch, int channels, int height, int width)
    {
        using var restorer = new TextureSynthesisRestorer(new HarmonicRestorer(channels));
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(batch, channels, height, width), seed: 2);
        Mask points = InpaintingTestData.Points(height, width, 0.8, seed: 1);
        foreach (Mask mask in new[] { new Mask(height, width), points, Half(height, width) })
        {
            using ImageTensor other = image.Clone();
            for (int i = 0; i < other.Span.Length; i++)
            {
                other.Span[i] = mask.Values[i % (height * width)] == 0 ? other.Span[i] : 1000 - i;
            }

            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));
            using RestorationResult otherResult = await restorer.RestoreAsync(new RestorationRequest(other, mask));

            Assert.Equal(result.Image.Span.ToArray(), otherResult.Image.Span.ToArray());
            for (int i = 0; i < image.Span.Length; i++)
            {
                Assert.True(float.IsFinite(result.Image.Span[i]));
                if (mask.Values[i % (height * width)] == 0)
                {
                    Assert.Equal(BitConverter.SingleToInt32Bits(image.Span[i]), BitConverter.SingleToInt32Bits(result.Image.Span[i]));
                }
            }
        }

        static Mask Half(int height, int width)
            => InpaintingTestData.Rectangle(height, width, 0, 0, height > 1 ? height / 2 : 1, height > 1 ? width : width / 2);
    }

    [Fact]
    public async Task RestoreAsync_AnyNumberOfThreads_GivesTheSame()
    {
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(3, 130, 117), seed: 7);
        Mask mask = InpaintingTestData.Rectangle(130, 117, 30, 20, 70, 60);
        float[] one = await RunAsync(new TextureSynthesisOptions { Threads = 1 });

        Assert.Equal(one, await RunAsync(new TextureSynthesisOptions { Threads = 1 }));
        Assert.Equal(one, await RunAsync(new TextureSynthesisOptions { Threads = 2 }));
        Assert.Equal(one, await RunAsync(new TextureSynthesisOptions { Threads = 7 }));
        Assert.Equal(one, await RunAsync(new TextureSynthesisOptions()));
        Assert.NotEqual(one, await RunAsync(new TextureSynthesisOptions { Seed = 1 }));

        async Task<float[]> RunAsync(TextureSynthesisOptions options)
        {
            using var restorer = new TextureSynthesisRestorer(new HarmonicRestorer(), options);
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));
            return result.Image.Span.ToArray();
        }
    }

    [Fact]
    public async Task RestoreAsync_EverythingOrNothingMissing_GivesTheStructure()
    {
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 20, 30), seed: 1);
        using ImageTensor structure = RandomNetworks.Picture(ImageShape.Single(1, 20, 30), seed: 2);
        using var restorer = new TextureSynthesisRestorer(new FixedRestorer(structure));

        using RestorationResult all = await restorer.RestoreAsync(
            new RestorationRequest(image, InpaintingTestData.Rectangle(20, 30, 0, 0, 20, 30)));
        using RestorationResult none = await restorer.RestoreAsync(new RestorationRequest(image, new Mask(20, 30)));

        Assert.Equal(structure.Span.ToArray(), all.Image.Span.ToArray());
        Assert.Equal(image.Span.ToArray(), none.Image.Span.ToArray());
    }

    [Fact]
    public async Task RestoreAsync_WithoutMask_SaysWhatToDo()
    {
        using var restorer = new TextureSynthesisRestorer(new HarmonicRestorer(1));
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 3, 4));

        MaskRequiredException error = await Assert.ThrowsAsync<MaskRequiredException>(
            () => restorer.RestoreAsync(new RestorationRequest(image)));

        Assert.Contains("Pass a mask", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreAsync_StructureOfAnotherShape_IsRefusedAndDisposed()
    {
        ImageTensor small = ImageTensor.Create(ImageShape.Single(1, 2, 2));
        using var restorer = new TextureSynthesisRestorer(new FixedRestorer(small, clones: false));
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 9, 9));

        string message = (await Assert.ThrowsAsync<TensorShapeException>(
            () => restorer.RestoreAsync(new RestorationRequest(image, InpaintingTestData.Rectangle(9, 9, 1, 1, 3, 3))))).Message;

        Assert.Contains("keeps the shape", message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => small.Span.Length);
    }

    [Fact]
    public async Task RestoreAsync_Progress_IsOnePartWithBothSteps()
    {
        using var restorer = new TextureSynthesisRestorer(new SelfEnsembleRestorer(new HarmonicRestorer(1), 4));
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 30, 30), seed: 1);
        var reports = new ProgressList();

        using RestorationResult result = await restorer.RestoreAsync(
            new RestorationRequest(image, InpaintingTestData.Rectangle(30, 30, 5, 5, 9, 9)), new RestorationOptions { Progress = reports });

        Assert.Equal([new RestorationProgress(1, 1)], reports.All);
    }

    [Fact]
    public async Task RestoreAsync_CancelledWhileTextureIsCopied_Ends()
    {
        using var source = new CancellationTokenSource();
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 400, 400), seed: 6);
        using var restorer = new TextureSynthesisRestorer(new FixedRestorer(image, after: source.Cancel));
        Mask mask = InpaintingTestData.Rectangle(400, 400, 100, 100, 200, 200);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => restorer.RestoreAsync(new RestorationRequest(image, mask), cancellationToken: source.Token));
    }

    [Fact]
    public async Task Dispose_LeaveOpen_DecidesWhoDisposesTheStructure()
    {
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 3, 4));
        var structure = new HarmonicRestorer(1);
        var request = new RestorationRequest(image, new Mask(3, 4));
        var restorer = new TextureSynthesisRestorer(structure, leaveOpen: true);
        Assert.Same(structure, restorer.GetService(typeof(HarmonicRestorer)));
        restorer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(request));
        (await structure.RestoreAsync(request)).Dispose();

        new TextureSynthesisRestorer(structure).Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => structure.RestoreAsync(request));
    }

    [Fact]
    public void UseTextureSynthesis_OfABuilder_PutsItAroundTheRestorerInside()
    {
        using IRestorer restorer = new RestorerBuilder(new HarmonicRestorer(1)).UseTextureSynthesis().Build();

        Assert.Equal(
            new RestorerInfo("harmonic+texture", RestorationTask.Inpaint, 1, TakesMask: true, "Classical", "cpu"), restorer.Info);
        var builder = new RestorerBuilder(new HarmonicRestorer(1));
        Assert.Throws<ArgumentException>(() => builder.UseTextureSynthesis(new TextureSynthesisOptions { PatchSize = 4 }));
    }

    [Fact]
    public void Create_OptionsOutOfRange_AreReportedTogether()
    {
        using var structure = new HarmonicRestorer(1);
        var options = new TextureSynthesisOptions { PatchSize = 8, Sharpness = float.NaN, Threads = 0 };

        string message = Assert.Throws<ArgumentException>(() => new TextureSynthesisRestorer(structure, options)).Message;

        Assert.Contains("PatchSize is 8", message, StringComparison.Ordinal);
        Assert.Contains("Sharpness is NaN", message, StringComparison.Ordinal);
        Assert.Contains("Threads is 0", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_StructureThatTakesNoMask_IsRefused()
    {
        using var gamma = new ImageRestoration.Classical.LowLight.GammaRestorer();

        string message = Assert.Throws<ArgumentException>(() => new TextureSynthesisRestorer(gamma)).Message;

        Assert.Contains("Give one that inpaints", message, StringComparison.Ordinal);
    }

    /// <summary>Mean step to the right between two pixels that are missing; between all where none is.</summary>
    private static double MeanStep(ImageTensor image, Mask mask)
    {
        double sum = 0;
        int count = 0;
        bool all = mask.CountMissing() == 0;
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                for (int y = 0; y < image.Height; y++)
                {
                    ReadOnlySpan<float> row = image.Row(n, c, y);
                    for (int x = 0; x + 1 < image.Width; x++)
                    {
                        if (all || (mask[y, x] && mask[y, x + 1]))
                        {
                            sum += Math.Abs(row[x + 1] - row[x]);
                            count++;
                        }
                    }
                }
            }
        }

        return sum / count;
    }

    /// <summary>Gives a picture, whatever is asked for.</summary>
    private sealed class FixedRestorer(ImageTensor picture, bool clones = true, Action? after = null) : IRestorer
    {
        public RestorerInfo Info { get; } = new("fixed", RestorationTask.Inpaint, picture.Channels, TakesMask: true, "Test", "cpu");

        public Task<RestorationResult> RestoreAsync(
            RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
        {
            after?.Invoke();
            return Task.FromResult(new RestorationResult(clones ? picture.Clone() : picture, TimeSpan.Zero));
        }

        public void Dispose()
        {
        }
    }

    private sealed class ProgressList : IProgress<RestorationProgress>
    {
        public List<RestorationProgress> All { get; } = [];

        public void Report(RestorationProgress value) => All.Add(value);
    }
}
