using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Networks;

namespace ImageRestoration.Tests.Restoration;

public sealed class AutoencoderRestorerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 7)]
    [InlineData(6, 4)]
    public async Task RestoreAsync_AllOfTheLatent_GivesThePictureBack(int height, int width)
    {
        using var restorer = new AutoencoderRestorer(new MeanEncoder(), new MeanDecoder(), RestorationTask.Compress);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, height, width), seed: 1);

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(image.Shape, result.Image.Shape);
        for (int i = 0; i < image.Span.Length; i++)
        {
            Assert.Equal(image.Span[i], result.Image.Span[i], 1e-6f);
        }
    }

    [Fact]
    public async Task RestoreAsync_PartOfTheLatent_GivesTheMeans()
    {
        using var restorer = new AutoencoderRestorer(new MeanEncoder(), new MeanDecoder(useDetail: false), RestorationTask.Compress);
        using ImageTensor image = ImageTensor.Wrap(new[] { 0f, 1f, 0.5f, 0.5f, 0f, 0.5f }, ImageShape.Single(1, 2, 3));

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));

        // The third column is mirrored from the second: columns 0 1 2 1.
        Assert.Equal([0.375f, 0.375f, 0.5f, 0.375f, 0.375f, 0.5f], result.Image.Span.ToArray());
    }

    [Fact]
    public async Task RestoreAsync_Latent_IsDisposedAlsoWhenDecodingFails()
    {
        var encoder = new MeanEncoder();
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 4, 4), seed: 2);
        using (var restorer = new AutoencoderRestorer(encoder, new MeanDecoder(), RestorationTask.Other, leaveOpen: true))
        {
            (await restorer.RestoreAsync(new RestorationRequest(image))).Dispose();
            Assert.Throws<ObjectDisposedException>(() => encoder.LastLatent!.CopyToHost("mean"));
        }

        using var failing = new AutoencoderRestorer(encoder, new MeanDecoder { Instead = _ => throw new BackendException("broken") }, RestorationTask.Other);
        await Assert.ThrowsAsync<BackendException>(() => failing.RestoreAsync(new RestorationRequest(image)));
        Assert.Throws<ObjectDisposedException>(() => encoder.LastLatent!.CopyToHost("mean"));
    }

    [Fact]
    public async Task RestoreAsync_DecoderOfOtherSize_IsRefusedAndItsResultDisposed()
    {
        ImageTensor? made = null;
        using var restorer = new AutoencoderRestorer(new MeanEncoder(), new MeanDecoder { Instead = latent => made = latent.CopyToHost("mean") }, RestorationTask.Other);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 3, 4), seed: 3);

        string message = (await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(image)))).Message;

        Assert.Contains("made 1×1×2×2 of an image of 1×1×4×4", message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => made!.Memory);
    }

    [Fact]
    public void Info_DescribesBoth()
    {
        using var restorer = new AutoencoderRestorer(new MeanEncoder { TakesMask = true }, new MeanDecoder { Device = "cuda:0" }, RestorationTask.Inpaint, "pair");

        Assert.Equal(new RestorerInfo("pair", RestorationTask.Inpaint, 1, TakesMask: true, "managed", "cpu → cuda:0") { SizeMultiple = 2 }, restorer.Info);
        Assert.Equal(new Size2d(2, 2), restorer.SizeMultiple);
    }

    [Fact]
    public void Create_LatentsThatDiffer_AreRefused()
    {
        LatentTensorSpec mean = MeanDecoder.Spec.Tensors[0], detail = MeanDecoder.Spec.Tensors[1];
        foreach (LatentSpec spec in new LatentSpec[] { new([mean]), new([mean, detail with { Channels = 2 }]), new([mean with { WidthScale = new(1, 4, 0) }, detail]), new([mean, detail with { Name = "details" }]) })
        {
            string message = Assert.Throws<TensorShapeException>(() => new AutoencoderRestorer(new MeanEncoder { Spec = spec }, new MeanDecoder(), RestorationTask.Other)).Message;

            Assert.Contains("latent tensor '", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Create_PicturesThatDiffer_AreRefused()
        => Assert.Contains("keeps the channels", Assert.Throws<TensorShapeException>(() => new AutoencoderRestorer(new MeanEncoder(), new MeanDecoder { ImageChannels = 3 }, RestorationTask.Other)).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_MultipleThatLatentsDoNotDivide_IsRefused()
    {
        string message = Assert.Throws<TensorShapeException>(() => new AutoencoderRestorer(new MeanEncoder { SizeMultiple = new Size2d(2, 1) }, new MeanDecoder(), RestorationTask.Other)).Message;

        Assert.Contains("multiples of 2×1 and makes latent tensor 'mean: 1 channels at 1/2'", message, StringComparison.Ordinal);
        Assert.Contains("must be a multiple of 2×2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_DecoderWithLargerMultiple_TakesBoth()
    {
        using var restorer = new AutoencoderRestorer(new MeanEncoder(), new MeanDecoder { SizeMultiple = new Size2d(8, 3) }, RestorationTask.Other);

        Assert.Equal(new Size2d(8, 6), restorer.SizeMultiple);
    }

    [Fact]
    public void Create_WidthsThatDiffer_AreNamed()
    {
        LatentTensorSpec mean = MeanDecoder.Spec.Tensors[0], detail = MeanDecoder.Spec.Tensors[1];
        var spec = new LatentSpec([mean with { WidthScale = new(1, 2, 1) }, detail]);

        Assert.Contains("'mean: 1 channels at 1/2 of the height and 1/2+1 of the width'", Assert.Throws<TensorShapeException>(() => new AutoencoderRestorer(new MeanEncoder { Spec = spec }, new MeanDecoder(), RestorationTask.Other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dispose_DisposesBothUnlessLeftOpen(bool leaveOpen)
    {
        var encoder = new MeanEncoder();
        var decoder = new MeanDecoder();
        new AutoencoderRestorer(encoder, decoder, RestorationTask.Other, leaveOpen: leaveOpen).Dispose();

        Assert.Equal((!leaveOpen, !leaveOpen), (encoder.IsDisposed, decoder.IsDisposed));
    }

    [Fact]
    public async Task RestoreAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        using var restorer = new AutoencoderRestorer(new MeanEncoder(), new MeanDecoder
        {
            Instead = latent =>
            {
                source.Cancel();
                source.Token.ThrowIfCancellationRequested();
                return latent.CopyToHost("detail");
            },
        }, RestorationTask.Other);
        using ImageTensor image = RandomNetworks.Picture(ImageShape.Single(1, 4, 4), seed: 4);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: source.Token));
    }
}
