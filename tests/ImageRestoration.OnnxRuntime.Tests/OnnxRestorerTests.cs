using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime.Tests;

public sealed class OnnxRestorerTests
{
    private static readonly RestorationOptions Unclamped = new() { Clamp = false };

    [Fact]
    public async Task Restore_SizeMultiple_EqualsReference()
    {
        Model model = TestData.UNetModel();
        using var restorer = new OnnxRestorer(model);
        using ImageTensor image = TestData.Picture(new ImageShape(2, 3, 12, 20));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), Unclamped);

        ImageTensor expected = ReferenceEvaluator.Run(model.Network, model.Weights, new Dictionary<string, ImageTensor> { ["image"] = image })["image"];
        TestData.AssertClose(expected, result.Image, 1e-4);
        Assert.Equal(new RestorerInfo("small-unet", RestorationTask.Denoise, 3, TakesMask: false, "OnnxRuntime", "cpu")
        {
            SizeMultiple = 4,
            TileHalo = model.Network.TileHalo,
            ValuesPerPixel = model.Network.ValuesPerPixel,
        }, restorer.Info);
        Assert.Equal(new Size2d(4, 4), restorer.SizeMultiple);
    }

    [Theory]
    [InlineData(9, 15)]
    [InlineData(1, 1)]
    [InlineData(2, 13)]
    public async Task Restore_OddSize_EqualsMirroredAndCropped(int height, int width)
    {
        using var restorer = new OnnxRestorer(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, height, width));
        using ImageTensor padded = Mirrored(image, (height + 3) / 4 * 4, (width + 3) / 4 * 4);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), Unclamped);
        using RestorationResult whole = await restorer.RestoreAsync(new RestorationRequest(padded), Unclamped);

        Assert.Equal(image.Shape, result.Image.Shape);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Assert.Equal(whole.Image.Row(0, c, y)[..width], result.Image.Row(0, c, y));
            }
        }
    }

    [Fact]
    public async Task Restore_WrongChannels_SaysWhatToDo()
    {
        using var restorer = new OnnxRestorer(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 4, 8, 8));

        var exception = await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(image)));

        Assert.Contains("4 channel(s)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("takes 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Convert it to RGB", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_EightCallsAtOnce_AllGetTheirOwnResult()
    {
        using var restorer = new OnnxRestorer(TestData.UNetModel(), new OnnxOptions { IntraOpThreads = 2 });
        ImageTensor[] images = [.. Enumerable.Range(0, 8).Select(i => TestData.Picture(new ImageShape(1 + (i % 2), 3, 24 + (8 * i), 40), seed: i))];
        var alone = new List<RestorationResult>();
        foreach (ImageTensor image in images)
        {
            alone.Add(await restorer.RestoreAsync(new RestorationRequest(image)));
        }

        for (int round = 0; round < 3; round++)
        {
            RestorationResult[] together = await Task.WhenAll(images.Select(image => restorer.RestoreAsync(new RestorationRequest(image))));

            foreach ((RestorationResult expected, RestorationResult actual) in alone.Zip(together))
            {
                Assert.Equal(expected.Image.Span, actual.Image.Span);
                actual.Dispose();
            }
        }
    }

    [Fact]
    public async Task Restore_AlreadyCancelled_Throws()
    {
        using var restorer = new OnnxRestorer(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Restore_CancelledWhileRunning_EndsTheRunAndRestorerStaysUsable()
    {
        // 150 GMAC on one thread: far more than can be done before the token is cancelled.
        using var restorer = new OnnxRestorer(TestData.ModelOf(DnCnn.Create(depth: 17, channels: 64)), new OnnxOptions { IntraOpThreads = 1 });
        OperationCanceledException? exception = null;

        // On a busy machine the token may be cancelled in the moment before ONNX Runtime is entered; another attempt will do.
        for (int attempt = 0; attempt < 5 && exception?.InnerException is null; attempt++)
        {
            var memory = new PinnedWatch(3 * 512 * 512);
            using ImageTensor image = ImageTensor.Wrap(memory.Memory, new ImageShape(1, 3, 512, 512));
            using var source = new CancellationTokenSource();

            // A thread of its own: those of the pool may all be busy with other tests until the run is over.
            var canceller = new Thread(() =>
            {
                memory.Pinned.Wait();
                Thread.Sleep(100);
                source.Cancel();
            });
            canceller.Start();
            Task<RestorationResult> task = restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token);
            exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
            canceller.Join();
            Assert.Equal(source.Token, exception.CancellationToken);
            Assert.Equal(0, memory.Pins);
        }

        Assert.IsType<OnnxRuntimeException>(exception?.InnerException);
        using ImageTensor small = TestData.Picture(new ImageShape(1, 3, 8, 8));
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(small));
        Assert.Equal(small.Shape, result.Image.Shape);
    }

    [Fact]
    public async Task Restore_CancelledInAnOperation_DoesNotWaitForIt()
    {
        // One operation of 240 GMAC, which ONNX Runtime does not interrupt.
        using var restorer = new OnnxRestorer(TestData.ModelOf(DnCnn.Create(depth: 3, channels: 256)), new OnnxOptions { IntraOpThreads = 1 });
        using ImageTensor small = TestData.Picture(new ImageShape(1, 3, 8, 8));
        using RestorationResult before = await restorer.RestoreAsync(new RestorationRequest(small));
        bool left = false;
        for (int attempt = 0; attempt < 5 && !left; attempt++)
        {
            using var source = new CancellationTokenSource();
            using (ImageTensor image = TestData.Picture(new ImageShape(1, 3, 640, 640)))
            {
                // A thread of its own: those of the pool may all be busy with other tests until the run is over.
                var canceller = new Thread(() =>
                {
                    Thread.Sleep(100);
                    source.Cancel();
                });
                canceller.Start();
                Task<RestorationResult> task = restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token);
                OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
                Assert.Equal(source.Token, exception.CancellationToken);
                canceller.Join();
                left = exception.InnerException is null;
            }

            // The picture is gone, its run perhaps not.
            using RestorationResult after = await restorer.RestoreAsync(new RestorationRequest(small));
            Assert.Equal(before.Image.Span, after.Image.Span);
        }

        Assert.True(left);
    }

    [Fact]
    public async Task Restore_AfterDispose_Throws()
    {
        var restorer = new OnnxRestorer(TestData.UNetModel());
        restorer.Dispose();
        restorer.Dispose();
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
    }

    [Fact]
    public async Task Dispose_WhileRunning_LetsTheRunEnd()
    {
        Model model = TestData.ModelOf(DnCnn.Create(depth: 8, channels: 32));
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 96, 96));
        using var other = new OnnxRestorer(model);
        using RestorationResult expected = await other.RestoreAsync(new RestorationRequest(image));

        var restorer = new OnnxRestorer(model);
        Task<RestorationResult> task = restorer.RestoreAsync(new RestorationRequest(image));
        restorer.Dispose();

        // Either the run had begun and ends as if nothing had happened, or it never begins.
        try
        {
            using RestorationResult result = await task;
            Assert.Equal(expected.Image.Span, result.Image.Span);
        }
        catch (ObjectDisposedException)
        {
        }
    }

    [Fact]
    public async Task Restore_Inpainting_PassesTheMaskAndKeepsKnownPixels()
    {
        Model model = TestData.InpaintingModel();
        using var restorer = new OnnxRestorer(model);
        using ImageTensor image = TestData.Picture(new ImageShape(2, 3, 7, 9));
        var mask = new Mask(7, 9);
        mask[2, 3] = mask[6, 8] = true;

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask), Unclamped);

        Assert.True(restorer.Info.TakesMask);
        using ImageTensor padded = Mirrored(image, 8, 10);
        using ImageTensor holes = ImageTensor.Create(new ImageShape(2, 1, 8, 10));
        using ImageTensor hole = ImageTensor.Create(new ImageShape(2, 1, 7, 9));
        for (int n = 0; n < 2; n++)
        {
            mask.CopyTo(hole.Plane(n, 0));
        }

        using ImageTensor paddedHoles = Mirrored(hole, 8, 10);
        MissingPixels.Fill(padded, Mask.FromImage(paddedHoles.Image(0)), InitialFill.Zero);
        ImageTensor expected = ReferenceEvaluator.Run(model.Network, model.Weights, new Dictionary<string, ImageTensor> { ["image"] = padded, ["mask"] = paddedHoles })["image"];
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(image.Row(n, c, 0), result.Image.Row(n, c, 0));
                Assert.Equal(expected.Row(n, c, 2)[3], result.Image.Row(n, c, 2)[3], 1e-4f);
                Assert.Equal(expected.Row(n, c, 6)[8], result.Image.Row(n, c, 6)[8], 1e-4f);
            }
        }
    }

    [Fact]
    public void Create_NetworkThatChangesTheSize_Throws()
    {
        var builder = new NetworkBuilder("larger");
        builder.Output("image", builder.Input("image", 3).Upsample(2));

        var exception = Assert.Throws<TensorShapeException>(() => new OnnxRestorer(TestData.ModelOf(builder.Build())));

        Assert.Contains("'larger'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SecondInputThatIsNoMask_Throws()
    {
        var builder = new NetworkBuilder("pair");
        builder.Output("image", builder.Input("image", 3) + builder.Input("second", 3));

        var exception = Assert.Throws<TensorShapeException>(() => new OnnxRestorer(TestData.ModelOf(builder.Build())));

        Assert.Contains("'second' (3 channels)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_InvalidOptions_Throws()
    {
        var options = new OnnxOptions { IntraOpThreads = 0, ExecutionProvider = (OnnxExecutionProvider)7 };

        var exception = Assert.Throws<ArgumentException>(() => new OnnxRestorer(TestData.UNetModel(), options));

        Assert.Contains("IntraOpThreads is 0", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ExecutionProvider is 7", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Restore_OtherOptions_SameResult(bool spinning, bool arena)
    {
        Model model = TestData.UNetModel();
        using var restorer = new OnnxRestorer(model);
        using var other = new OnnxRestorer(model, new OnnxOptions { AllowSpinning = spinning, UseMemoryArena = arena, IntraOpThreads = 1 });
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 16, 16));

        using RestorationResult expected = await restorer.RestoreAsync(new RestorationRequest(image));
        using RestorationResult actual = await other.RestoreAsync(new RestorationRequest(image));

        TestData.AssertClose(expected.Image, actual.Image, 1e-6);
    }

    private static ImageTensor Mirrored(ImageTensor image, int height, int width)
    {
        ImageTensor padded = ImageTensor.Create(image.Shape with { Height = height, Width = width });
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                for (int y = 0; y < height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        padded.Row(n, c, y)[x] = image.Row(n, c, Reflect(y, image.Height))[Reflect(x, image.Width)];
                    }
                }
            }
        }

        return padded;

        static int Reflect(int position, int extent)
        {
            while (extent > 1 && position >= extent)
            {
                position = Math.Abs((2 * (extent - 1)) - position);
            }

            return extent == 1 ? 0 : position;
        }
    }
}
