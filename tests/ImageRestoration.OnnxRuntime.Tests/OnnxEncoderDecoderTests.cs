using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;

namespace ImageRestoration.OnnxRuntime.Tests;

public sealed class OnnxEncoderDecoderTests
{
    [Theory]
    [InlineData(1, 16, 24)]
    [InlineData(3, 9, 14)]
    public async Task EncodeDecode_EqualsTheWholeNetwork(int batch, int height, int width)
    {
        Model model = TestData.UNetModel();
        using var whole = new OnnxRestorer(model);
        using var joined = new AutoencoderRestorer(new OnnxEncoder(model), new OnnxDecoder(model), RestorationTask.Denoise);
        using ImageTensor image = TestData.Picture(new ImageShape(batch, 3, height, width));
        var options = new RestorationOptions { Clamp = false };

        using RestorationResult expected = await whole.RestoreAsync(new RestorationRequest(image), options);
        using RestorationResult actual = await joined.RestoreAsync(new RestorationRequest(image), options);

        TestData.AssertClose(expected.Image, actual.Image, 1e-6);
    }

    [Fact]
    public async Task Encode_LatentHasTheTensorsOfItsSpec()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(2, 3, 8, 12));

        using Latent latent = await encoder.EncodeAsync(image);

        Assert.IsType<OnnxLatent>(latent);
        Assert.Equal("cpu", latent.Device);
        Assert.Equal(["image", "skip0", "skip1", "bottleneck"], latent.Names.AsEnumerable());
        Assert.Equal(encoder.Info.Latent.Tensors.Select(t => t.Name), latent.Names.AsEnumerable());
        Assert.Equal(new ImageShape(2, 8, 2, 3), latent.ShapeOf("bottleneck"));
        using ImageTensor copy = latent.CopyToHost("image");
        Assert.Equal(image.Span, copy.Span);
        var exception = Assert.Throws<TensorShapeException>(() => latent.ShapeOf("other"));
        Assert.Contains("bottleneck", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_OwnLatent_CopiesNothingToTheHost()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 12));

        using var latent = (OnnxLatent)await encoder.EncodeAsync(image);
        using ImageTensor decoded = await decoder.DecodeAsync(latent);
        int copies = latent.HostCopies;
        using ImageTensor copied = latent.CopyToHost("bottleneck");

        Assert.Equal((0, 1), (copies, latent.HostCopies));
    }

    [Fact]
    public async Task Encode_EachTensor_EqualsReference()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 12));

        using Latent latent = await encoder.EncodeAsync(image);

        IReadOnlyDictionary<string, ImageTensor> expected = ReferenceEvaluator.Run(model.Encoder!, model.EncoderWeights, new Dictionary<string, ImageTensor> { ["image"] = image });
        foreach (string name in latent.Names)
        {
            using ImageTensor actual = latent.CopyToHost(name);
            TestData.AssertClose(expected[name], actual, 1e-4);
        }
    }

    [Fact]
    public async Task Decode_HostLatentOrForeignLatent_SameResult()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 12));
        using Latent latent = await encoder.EncodeAsync(image);
        using HostLatent host = HostLatent.CopyOf(latent);
        using var foreign = new ForeignLatent(host);

        using ImageTensor expected = await decoder.DecodeAsync(latent);
        using ImageTensor fromHost = await decoder.DecodeAsync(host);
        using ImageTensor fromForeign = await decoder.DecodeAsync(foreign);

        Assert.Equal(expected.Span, fromHost.Span);
        Assert.Equal(expected.Span, fromForeign.Span);
    }

    [Fact]
    public async Task Latent_OutlivesItsEncoder()
    {
        Model model = TestData.UNetModel();
        using var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 64, 64));
        var encoder = new OnnxEncoder(model);
        using Latent latent = await encoder.EncodeAsync(image);
        using ImageTensor before = await decoder.DecodeAsync(latent);

        encoder.Dispose();

        using ImageTensor after = await decoder.DecodeAsync(latent);
        Assert.Equal(before.Span, after.Span);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => encoder.EncodeAsync(image));
    }

    [Fact]
    public async Task Latent_Disposed_Throws()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));
        Latent latent = await encoder.EncodeAsync(image);
        latent.Dispose();
        latent.Dispose();

        Assert.Throws<ObjectDisposedException>(() => latent.CopyToHost("bottleneck"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => decoder.DecodeAsync(latent));
    }

    /// <summary>The session reads the latent's own memory, which must not be given back meanwhile.</summary>
    [Fact]
    public async Task Latent_DisposedWhileItIsDecoded_LetsTheRunEnd()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 256, 256));
        using Latent whole = await encoder.EncodeAsync(image);
        using ImageTensor expected = await decoder.DecodeAsync(whole);
        for (int attempt = 0; attempt < 10; attempt++)
        {
            Latent latent = await encoder.EncodeAsync(image);
            using var ended = new SemaphoreSlim(0);
            Task runs = Task.Run(() => Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            {
                while (true)
                {
                    using ImageTensor result = await decoder.DecodeAsync(latent);
                    Assert.Equal(expected.Span, result.Span);
                    ended.Release();
                }
            }));
            await ended.WaitAsync();
            await Task.Delay(attempt);
            latent.Dispose();
            await runs;
        }
    }

    [Fact]
    public async Task Decode_AfterDispose_Throws()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));
        using Latent latent = await encoder.EncodeAsync(image);
        decoder.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => decoder.DecodeAsync(latent));
    }

    [Fact]
    public async Task Decode_LatentOfAnotherEncoder_Throws()
    {
        Network other = UNet.CreateEncoder(new UNetOptions { Channels = [4, 6] });
        using var encoder = new OnnxEncoder(other, NetworkWeights.Initialize(other, new Random(1)));
        using var decoder = new OnnxDecoder(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));
        using Latent latent = await encoder.EncodeAsync(image);

        var exception = await Assert.ThrowsAsync<TensorShapeException>(() => decoder.DecodeAsync(latent));

        Assert.Contains("'skip1'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_TensorOfAnotherSize_Throws()
    {
        using var decoder = new OnnxDecoder(TestData.UNetModel());
        using var latent = new HostLatent(
        [
            new("image", TestData.Picture(new ImageShape(1, 3, 8, 8))),
            new("skip0", TestData.Picture(new ImageShape(1, 4, 8, 8))),
            new("skip1", TestData.Picture(new ImageShape(1, 6, 4, 5))),
            new("bottleneck", TestData.Picture(new ImageShape(1, 8, 2, 2))),
        ]);

        var exception = await Assert.ThrowsAsync<TensorShapeException>(() => decoder.DecodeAsync(latent));

        Assert.Contains("1×6×4×5", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1×6×4×4", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 8, 8, "takes 3")]
    [InlineData(3, 8, 10, "multiples of 4×4")]
    public async Task Encode_PictureThatDoesNotFit_SaysWhatToDo(int channels, int height, int width, string part)
    {
        using var encoder = new OnnxEncoder(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, channels, height, width));

        var exception = await Assert.ThrowsAsync<TensorShapeException>(() => encoder.EncodeAsync(image));

        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ModelOfOneNetwork_Throws()
    {
        Model model = TestData.ModelOf(DnCnn.Create(depth: 3, channels: 4));

        Assert.Throws<InvalidOperationException>(() => new OnnxEncoder(model));
        Assert.Throws<InvalidOperationException>(() => new OnnxDecoder(model));
    }

    [Fact]
    public async Task EncodeDecode_EightAtOnce_SameResults()
    {
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model);
        using var decoder = new OnnxDecoder(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 40, 40));
        using ImageTensor expected = await RunAsync();

        ImageTensor[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync()));

        Assert.All(results, result => Assert.Equal(expected.Span, result.Span));

        async Task<ImageTensor> RunAsync()
        {
            using Latent latent = await encoder.EncodeAsync(image);
            return await decoder.DecodeAsync(latent);
        }
    }

    [Fact]
    public async Task Encode_Cancelled_Throws()
    {
        using var encoder = new OnnxEncoder(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 8, 8));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.EncodeAsync(image, cancellationToken: new CancellationToken(canceled: true)));
    }

    /// <summary>A latent of a backend that is not known here, on a device of its own.</summary>
    private sealed class ForeignLatent(HostLatent values) : Latent
    {
        public override ImmutableArray<string> Names => values.Names;

        public override string Device => "elsewhere";

        public override ImageShape ShapeOf(string name) => values.ShapeOf(name);

        public override ImageTensor CopyToHost(string name) => values.CopyToHost(name);

        protected override void Dispose(bool disposing)
        {
        }
    }
}
