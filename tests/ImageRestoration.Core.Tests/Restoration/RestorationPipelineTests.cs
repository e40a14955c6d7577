using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Restoration;

public sealed class RestorationPipelineTests
{
    private static readonly RestorerInfo _info = new("doubling", RestorationTask.Other, 1, TakesMask: false, "test", "cpu");

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(0.5f, 0.9f)]
    [InlineData(0f, 0.6f)]
    public async Task RestoreAsync_Strength_BlendsBeforeValuesAreLimited(float strength, float expected)
    {
        using ImageTensor image = Picture(0.6f);
        using var restorer = new Doubling(_info);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Strength = strength });
        Assert.Equal(expected, result.Image.Span[5], 1e-6f);
    }

    [Fact]
    public async Task RestoreAsync_StrengthThroughDecorators_IsAppliedOnce()
    {
        using ImageTensor image = Picture(0.2f);
        using var restorer = new SelfEnsembleRestorer(new ChannelAdaptingRestorer(new Doubling(_info), 1));
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Strength = 0.5f });
        Assert.Equal(0.3f, result.Image.Span[5], 1e-6f);
    }

    [Fact]
    public async Task RestoreAsync_StrengthWithMask_KeepsKnownPixelsBitForBit()
    {
        using ImageTensor image = Picture(0.1f);
        var mask = new Mask(4, 4);
        mask.Values[5] = 1;
        using var restorer = new Doubling(_info);
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image, mask), new RestorationOptions { Strength = 0.25f });
        Assert.Equal(0.1f, result.Image.Span[4]);
        Assert.Equal(0.125f, result.Image.Span[5], 1e-6f);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Strength_OutsideItsRange_IsRefused(float strength)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new RestorationOptions { Strength = strength });

    [Fact]
    public void RestoreAsync_LeavesTheCallersThread()
    {
        using ImageTensor image = Picture(0.5f);
        using var restorer = new Doubling(_info);
        int caller = 0;
        var thread = new Thread(() =>
        {
            caller = Environment.CurrentManagedThreadId;
            restorer.RestoreAsync(new RestorationRequest(image)).GetAwaiter().GetResult().Dispose();
        });
        thread.Start();
        thread.Join();
        Assert.NotEqual(0, restorer.Thread);
        Assert.NotEqual(caller, restorer.Thread);
    }

    [Fact]
    public async Task RestoreAsync_AnotherShape_IsRefusedAndDisposed()
    {
        using ImageTensor image = Picture(0.5f);
        using var restorer = new Doubling(_info) { Width = 3 };
        TensorShapeException error = await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
        Assert.Contains("1×1×4×3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => restorer.Last!.Span.Length);
    }

    private static ImageTensor Picture(float value)
    {
        ImageTensor image = ImageTensor.Create(ImageShape.Single(1, 4, 4));
        image.Span.Fill(value);
        return image;
    }

    private sealed class Doubling(RestorerInfo info) : RestorerBase(info)
    {
        public int Width { get; init; } = 4;

        public int Thread { get; private set; }

        public ImageTensor? Last { get; private set; }

        protected override Task<RestorationResult> ComputeAsync(
            RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
        {
            Thread = Environment.CurrentManagedThreadId;
            Last = ImageTensor.Create(request.Image.Shape with { Width = Width });
            Last.Span.Fill(request.Image.Span[0] * 2);
            return Task.FromResult(new RestorationResult(Last, TimeSpan.Zero));
        }
    }
}
