using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Tests.Restoration;

public sealed class PaddedRestorerTests
{
    public static TheoryData<int, int, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int, int, int>();
            foreach ((int height, int width) in new[] { (1, 1), (1, 7), (7, 1), (2, 3), (8, 8), (5, 16), (17, 23) })
            {
                foreach ((int rows, int columns) in new[] { (1, 1), (4, 4), (8, 2), (3, 16) })
                {
                    data.Add(height, width, rows, columns);
                }
            }

            return data;
        }
    }

    [Theory]
    [InlineData(2048, 1)]
    [InlineData(2045, 8)]
    public async Task RestoreAsync_LargePictureWithHoles_HoldsThreePicturesAtMost(int side, int multiple)
    {
        // No other test rents arrays of that length.
        const int smallest = 3 * 2045 * 2045;
        using var restorer = new PassingRestorer(multiple);
        using var pictures = new PooledPictures(smallest);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(3, side, side));
        var mask = new Mask(side, side);
        mask.Values.Slice(1000, 1000).Fill(1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Equal(3, pictures.Most);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task RestoreAsync_AnySize_PadsByMirroringAndCrops(int height, int width, int rows, int columns)
    {
        using var restorer = new RecordingRestorer(new Size2d(rows, columns), channels: 2);
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(2, 2, height, width), seed: 1);
        float[] original = image.Span.ToArray();

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(0, restorer.GivenShape.Height % rows);
        Assert.Equal(0, restorer.GivenShape.Width % columns);
        Assert.InRange(restorer.GivenShape.Height, height, height + rows - 1);
        Assert.InRange(restorer.GivenShape.Width, width, width + columns - 1);
        using ImageTensor given = ImageTensor.Wrap(restorer.GivenValues, restorer.GivenShape);
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 2; c++)
            {
                for (int y = 0; y < given.Height; y++)
                {
                    for (int x = 0; x < given.Width; x++)
                    {
                        Assert.Equal(image.Row(n, c, Reflect(y, height))[Reflect(x, width)], given.Row(n, c, y)[x]);
                    }
                }
            }
        }

        Assert.Equal(image.Shape, result.Image.Shape);
        Assert.Equal(original, result.Image.Span.ToArray());
        Assert.Equal(original, image.Span.ToArray());
        Assert.True(result.ComputeTime >= TimeSpan.Zero);
    }

    [Fact]
    public async Task RestoreAsync_Results_AreLimitedUnlessAskedOtherwise()
    {
        using var restorer = new RecordingRestorer(1, run: (image, _) => Task.FromResult(Changed(image, v => (4 * v) - 1)));
        using ImageTensor image = ImageTensor.Wrap(new[] { 0f, 0.3f, 1f }, ImageShape.Single(1, 1, 3));

        using RestorationResult limited = await restorer.RestoreAsync(new RestorationRequest(image));
        using RestorationResult free = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });

        Assert.Equal([0f, (4 * 0.3f) - 1, 1f], limited.Image.Span.ToArray());
        Assert.Equal([-1f, (4 * 0.3f) - 1, 3f], free.Image.Span.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RestoreAsync_KnownPixels_AreBitIdentical(bool takesMask)
    {
        using var restorer = new RecordingRestorer(4, channels: 3, takesMask, (image, _) => Task.FromResult(Changed(image, v => v + 0.25f)));
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(2, 3, 5, 7), seed: 2);

        // Known values outside the nominal range and negative zero survive too: nothing touches known pixels.
        image.Span[0] = -3f;
        image.Span[1] = -0f;
        image.Span[2] = 5f;
        var mask = new Mask(5, 7);
        for (int i = 3; i < 35; i += 2)
        {
            mask.Values[i] = 1;
        }

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        for (int i = 0; i < image.Span.Length; i++)
        {
            float expected = mask.Values[i % 35] == 0 ? image.Span[i] : takesMask ? 0.25f : Math.Clamp(image.Span[i] + 0.25f, 0, 1);
            Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(result.Image.Span[i]));
        }

        Assert.Equal(takesMask, restorer.GivenMask is not null);
    }

    [Theory]
    [InlineData(InitialFill.Zero, 0f)]
    [InlineData(InitialFill.Mean, 0.3f)]
    [InlineData(InitialFill.Nearest, 0.2f)]
    public async Task RestoreAsync_MissingPixels_HoldWhatTheModelWasTrainedWith(InitialFill fill, float expected)
    {
        using var restorer = new RecordingRestorer(1, takesMask: true, fill: fill);
        using ImageTensor image = ImageTensor.Wrap(new[] { 0.2f, 0.9f, 0.9f, 0.9f, 0.4f }, ImageShape.Single(1, 1, 5));
        var mask = new Mask(1, 5) { [0, 1] = true, [0, 2] = true, [0, 3] = true };

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Equal(0.2f, restorer.GivenValues[0]);
        Assert.Equal(expected, restorer.GivenValues[1], 6);
        Assert.Equal(0.4f, restorer.GivenValues[4]);
        Assert.Equal(0.9f, image.Span[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task RestoreAsync_FilledRequest_KeepsWhatMissingPixelsHold(int sizeMultiple)
    {
        using var restorer = new RecordingRestorer(sizeMultiple, takesMask: true);
        using ImageTensor image = ImageTensor.Wrap(new[] { 0.2f, 0.9f, 0.8f, 0.7f, 0.4f }, ImageShape.Single(1, 1, 5));
        var mask = new Mask(1, 5) { [0, 1] = true, [0, 2] = true, [0, 3] = true };

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask) { IsPrepared = true });

        Assert.Equal([0.2f, 0.9f, 0.8f, 0.7f, 0.4f], restorer.GivenValues[..5]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RestoreAsync_NormalizedExposure_IsWhatTheNetworkSeesUnlessPrepared(bool prepared)
    {
        using var restorer = new RecordingRestorer(4, normalizesExposure: true);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 4, 8), seed: 3);
        TensorPrimitives.Multiply(image.Span, 0.2f, image.Span);
        float[] dark = image.Span.ToArray();
        using ImageTensor exposed = image.Clone();
        AutoExposure.Apply(exposed);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image) { IsPrepared = prepared });

        Assert.NotEqual(dark, exposed.Span.ToArray());
        Assert.Equal(prepared ? dark : exposed.Span.ToArray(), restorer.GivenValues);
        Assert.Equal(dark, image.Span.ToArray());
    }

    [Fact]
    public async Task RestoreAsync_Mask_IsPaddedLikeThePicture()
    {
        using var restorer = new RecordingRestorer(8, takesMask: true);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 5, 3), seed: 3);
        var mask = new Mask(5, 3) { [4, 2] = true, [3, 1] = true, [0, 0] = true };

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        Assert.Equal((8, 8), (restorer.GivenMask!.Height, restorer.GivenMask.Width));
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                Assert.Equal(mask[Reflect(y, 5), Reflect(x, 3)], restorer.GivenMask[y, x]);
            }
        }

        Assert.Equal(3, mask.CountMissing());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task RestoreAsync_NotFinite_IsRefusedBeforeTheNetworkRuns(float value)
    {
        using var restorer = new RecordingRestorer(4);
        for (int position = 0; position < 35; position += 17)
        {
            using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 5, 7), seed: 4);
            image.Span[position] = value;

            string message = (await Assert.ThrowsAsync<TensorValueException>(() => restorer.RestoreAsync(new RestorationRequest(image)))).Message;

            Assert.Contains("NaN or infinite", message, StringComparison.Ordinal);
        }

        Assert.Equal(0, restorer.Runs);
    }

    [Fact]
    public async Task RestoreAsync_HugeButFinite_IsTaken()
    {
        using var restorer = new RecordingRestorer(1);
        using ImageTensor image = ImageTensor.Wrap(new[] { float.MaxValue, float.MaxValue, float.MinValue }, ImageShape.Single(1, 1, 3));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Assert.Equal([1f, 1f, 0f], result.Image.Span.ToArray());
    }

    [Theory]
    [InlineData(4, 3, "alpha apart")]
    [InlineData(1, 3, "Use a model for grey images")]
    [InlineData(3, 1, "Use a model for RGB images")]
    [InlineData(2, 3, "as many channels as the model takes")]
    public async Task RestoreAsync_WrongChannels_SaysWhatToDo(int actual, int expected, string remedy)
    {
        using var restorer = new RecordingRestorer(1, expected);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(actual, 2, 2));

        string message = (await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(image)))).Message;

        Assert.Contains($"has {actual} channel(s); restorer 'recorder' takes {expected}", message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreAsync_MaskMissingOrOfOtherSize_SaysWhatToDo()
    {
        using var restorer = new RecordingRestorer(1, takesMask: true);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 3));

        Assert.Contains("Pass a mask with 1 where pixels are missing", (await Assert.ThrowsAsync<MaskRequiredException>(() => restorer.RestoreAsync(new RestorationRequest(image)))).Message, StringComparison.Ordinal);
        Assert.Contains("mask is 3×2 and the image is 2×3", Assert.Throws<TensorShapeException>(() => new RestorationRequest(image, new Mask(3, 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreAsync_NetworkThatChangesTheShape_IsRefused()
    {
        ImageTensor? made = null;
        using var restorer = new RecordingRestorer(4, run: (image, _) => Task.FromResult(made = ImageTensor.Create(image.Shape with { Width = 2 * image.Width })));
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 3, 3));

        string message = (await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(image)))).Message;

        Assert.Contains("made 1×1×4×8 of a picture of 1×1×4×4", message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => made!.Memory);
    }

    [Fact]
    public async Task RestoreAsync_Cancelled_EndsBeforeOrWithinTheNetwork()
    {
        using var source = new CancellationTokenSource();
        using var restorer = new RecordingRestorer(1, run: async (image, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return image.Clone();
        });
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token));
        Assert.Equal(1, restorer.Runs);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token));
        Assert.Equal(1, restorer.Runs);
    }

    [Fact]
    public async Task Dispose_Twice_FreesOnceAndRefusesFurtherUse()
    {
        var restorer = new RecordingRestorer(1);
        restorer.Dispose();
        restorer.Dispose();
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 2, 2));

        Assert.Equal(1, restorer.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
    }

    [Fact]
    public async Task RestoreAsync_Concurrently_KeepsCallsApart()
    {
        using var restorer = new RecordingRestorer(4);
        ImageTensor[] images = [.. Enumerable.Range(0, 16).Select(i => RandomNetworks.Picture(ImageShape.Single(1, 3 + i, 5), (ulong)i))];

        RestorationResult[] results = await Task.WhenAll(images.Select(image => restorer.RestoreAsync(new RestorationRequest(image))));

        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(images[i].Span.ToArray(), results[i].Image.Span.ToArray());
            results[i].Dispose();
            Assert.Throws<ObjectDisposedException>(() => results[i].Image.Memory);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public void Create_SizeMultipleBelowOne_IsRefused(int rows, int columns)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingRestorer(new Size2d(rows, columns)));

    /// <summary>Walks to and fro between the borders.</summary>
    private static int Reflect(int position, int extent)
    {
        int at = 0, step = 1;
        for (int i = 0; i < position && extent > 1; i++)
        {
            if (at + step < 0 || at + step >= extent)
            {
                step = -step;
            }

            at += step;
        }

        return at;
    }

    private static ImageTensor Changed(ImageTensor image, Func<float, float> change)
    {
        ImageTensor result = image.Clone();
        foreach (ref float value in result.Span)
        {
            value = change(value);
        }

        return result;
    }
}
