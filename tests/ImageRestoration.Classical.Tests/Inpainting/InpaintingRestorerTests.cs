using ImageRestoration.Classical.Inpainting;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Tests.Classical.Inpainting;

/// <summary>What all inpainting methods have in common.</summary>
public sealed class InpaintingRestorerTests
{
    private static readonly Dictionary<string, Func<int, InpaintingRestorer>> Create = new(StringComparer.Ordinal)
    {
        ["harmonic"] = channels => new HarmonicRestorer(channels),
        ["nearest"] = channels => new NearestRestorer(channels),
        ["linear"] = channels => new LinearRestorer(channels),
        ["biharmonic"] = channels => new BiharmonicRestorer(channels),
        ["telea"] = channels => new TeleaRestorer(channels: channels),
        ["patchmatch"] = channels => new PatchMatchRestorer(new PatchMatchOptions { Iterations = 2 }, channels),
    };

    public static TheoryData<string> Methods => [.. Create.Keys];

    /// <summary>Masks by name: touching borders, scattered, and with next to nothing known.</summary>
    private static readonly Dictionary<string, Func<int, int, Mask>> Masks = new(StringComparer.Ordinal)
    {
        ["corner"] = (height, width) => InpaintingTestData.Rectangle(height, width, 0, 0, (height + 1) / 2, (width + 1) / 2),
        ["bottom"] = (height, width) => InpaintingTestData.Rectangle(height, width, height - ((height + 1) / 3), 0, (height + 1) / 3, width),
        ["points"] = (height, width) => InpaintingTestData.Points(height, width, 0.8, seed: 1),
        ["all but one"] = (height, width) => AllBut((height * width) - 1, height, width),
    };

    public static TheoryData<string, int, int, int, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int, int, int, int>();
            foreach (string method in Create.Keys)
            {
                foreach ((int batch, int channels, int height, int width) in new[] { (1, 3, 37, 50), (2, 1, 31, 20), (1, 2, 9, 7), (1, 4, 1, 13), (1, 3, 40, 2), (2, 3, 2, 2) })
                {
                    data.Add(method, batch, channels, height, width);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_MaskOf255_IsThatOf1(string method)
    {
        using InpaintingRestorer restorer = Create[method](1);
        using ImageTensor image = RandomNetworks.Picture(new ImageShape(1, 1, 30, 41), seed: 5);
        Mask ones = InpaintingTestData.Points(30, 41, 0.5, seed: 3), bytes = new(30, 41);
        for (int i = 0; i < ones.Values.Length; i++)
        {
            bytes.Values[i] = ones.Values[i] == 0 ? (byte)0 : byte.MaxValue;
        }

        using RestorationResult expected = await restorer.RestoreAsync(new RestorationRequest(image, ones));
        using RestorationResult actual = await restorer.RestoreAsync(new RestorationRequest(image, bytes));
        Assert.Equal(expected.Image.Span, actual.Image.Span);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task RestoreAsync_AnySizeAndMask_KeepsKnownPixelsAndUsesNoOthers(string method, int batch, int channels, int height, int width)
    {
        using InpaintingRestorer restorer = Create[method](channels);
        foreach ((string name, Func<int, int, Mask> create) in Masks)
        {
            Mask mask = create(height, width);
            using ImageTensor image = RandomNetworks.Picture(new ImageShape(batch, channels, height, width), seed: 2);
            using ImageTensor other = image.Clone();
            int known = mask.Values.IndexOf((byte)0);
            image.Span[known] = other.Span[known] = -0f;
            for (int i = 0; i < other.Span.Length; i++)
            {
                other.Span[i] = mask.Values[i % (height * width)] == 0 ? other.Span[i] : 1000 - i;
            }

            float[] given = other.Span.ToArray();
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));
            using RestorationResult otherResult = await restorer.RestoreAsync(new RestorationRequest(other, mask));

            Assert.Equal(image.Shape, result.Image.Shape);
            Assert.Equal(given, other.Span.ToArray());
            Assert.Equal(result.Image.Span.ToArray(), otherResult.Image.Span.ToArray());
            for (int i = 0; i < image.Span.Length; i++)
            {
                float value = result.Image.Span[i];
                if (mask.Values[i % (height * width)] == 0)
                {
                    Assert.Equal(BitConverter.SingleToInt32Bits(image.Span[i]), BitConverter.SingleToInt32Bits(value));
                }
                else
                {
                    Assert.True(value is >= 0 and <= 1, $"{name}: value {i} is {value}.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_ConstantPicture_StaysConstant(string method)
    {
        using InpaintingRestorer restorer = Create[method](1);
        using ImageTensor image = InpaintingTestData.Picture(25, 33, (_, _) => 0.3f);
        foreach (Func<int, int, Mask> create in Masks.Values)
        {
            Mask mask = create(25, 33);
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask));

            Assert.True(InpaintingTestData.LargestError(image, result.Image, mask) < 1e-6, "The largest error is not below 1e-6.");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_NothingMissing_GivesACopy(string method)
    {
        using InpaintingRestorer restorer = Create[method](3);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(3, 8, 9), seed: 3);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, new Mask(8, 9)));

        Assert.Equal(image.Span.ToArray(), result.Image.Span.ToArray());
        Assert.NotSame(image, result.Image);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_EverythingMissingOrNoMask_SaysWhatToDo(string method)
    {
        using InpaintingRestorer restorer = Create[method](1);
        using ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 3, 4));
        Mask mask = InpaintingTestData.Rectangle(3, 4, 0, 0, 3, 4);

        Assert.Contains("at least one known pixel", (await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(image, mask)))).Message, StringComparison.Ordinal);
        Assert.Contains("Pass a mask", (await Assert.ThrowsAsync<MaskRequiredException>(() => restorer.RestoreAsync(new RestorationRequest(image)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_WrongChannelsNotFiniteOrDisposed_IsRefused(string method)
    {
        InpaintingRestorer restorer = Create[method](3);
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(1, 3, 4));
        using ImageTensor color = ImageTensor.Create(ImageShape.Single(3, 3, 4));
        color.Span[5] = float.NaN;
        var mask = new Mask(3, 4) { [0, 0] = true };

        await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(grey, mask)));
        await Assert.ThrowsAsync<TensorValueException>(() => restorer.RestoreAsync(new RestorationRequest(color, mask)));
        restorer.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(grey, mask)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create[method](0));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_Concurrently_GivesWhatOneCallGives(string method)
    {
        using InpaintingRestorer restorer = Create[method](1);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 70, 45), seed: 4);
        Mask mask = InpaintingTestData.Rectangle(70, 45, 10, 5, 40, 20);
        using RestorationResult expected = await restorer.RestoreAsync(new RestorationRequest(image, mask));

        RestorationResult[] results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => restorer.RestoreAsync(new RestorationRequest(image, mask))));

        foreach (RestorationResult result in results)
        {
            Assert.Equal(expected.Image.Span.ToArray(), result.Image.Span.ToArray());
            result.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_Batch_TreatsPicturesApart(string method)
    {
        using InpaintingRestorer restorer = Create[method](1);
        using ImageTensor batch = RandomNetworks.Picture(new ImageShape(2, 1, 30, 26), seed: 5);
        using ImageTensor second = ImageTensor.Wrap(batch.Plane(1, 0).ToArray(), ImageShape.Single(1, 30, 26));
        Mask mask = InpaintingTestData.Rectangle(30, 26, 8, 8, 9, 9);

        using RestorationResult both = await restorer.RestoreAsync(new RestorationRequest(batch, mask));
        using RestorationResult alone = await restorer.RestoreAsync(new RestorationRequest(second, mask));

        Assert.Equal(alone.Image.Span.ToArray(), both.Image.Plane(1, 0).ToArray());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task RestoreAsync_CancelledWhileRunning_Ends(string method)
    {
        using InpaintingRestorer restorer = Create[method](1);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 700, 900), seed: 6);
        Mask mask = InpaintingTestData.Points(700, 900, 0.8, seed: 7);
        bool ended = false;

        // A run may be over before it is cancelled on a busy machine, but not every time.
        for (int attempt = 0; attempt < 20 && !ended; attempt++)
        {
            using var source = new CancellationTokenSource();
            Task<RestorationResult> run = restorer.RestoreAsync(new RestorationRequest(image, mask), cancellationToken: source.Token);
            await source.CancelAsync();
            try
            {
                (await run).Dispose();
            }
            catch (OperationCanceledException)
            {
                ended = true;
            }
        }

        Assert.True(ended);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Info_SaysWhatTheMethodDoes(string method)
    {
        using InpaintingRestorer restorer = Create[method](2);

        Assert.Equal(new RestorerInfo(method, RestorationTask.Inpaint, 2, TakesMask: true, "Classical", "cpu"), restorer.Info);
    }

    private static Mask AllBut(int known, int height, int width)
    {
        Mask mask = InpaintingTestData.Rectangle(height, width, 0, 0, height, width);
        mask.Values[known] = 0;
        return mask;
    }
}
