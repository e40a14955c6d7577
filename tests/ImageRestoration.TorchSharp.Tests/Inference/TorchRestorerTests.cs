using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;
using TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class TorchRestorerTests
{
    private static readonly UNetOptions _small = new() { Channels = [6, 8, 10] };

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 17, 23)]
    [InlineData(2, 16, 40)]
    public async Task RestoreAsync_AnySize_KeepsItAndEqualsEncoderThenDecoder(int batch, int height, int width)
    {
        Model model = CreateModel();
        using var restorer = new TorchRestorer(model);
        using var pair = new AutoencoderRestorer(new TorchEncoder(model), new TorchDecoder(model), RestorationTask.Denoise);
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(batch, 3, height, width), seed: 9);

        using RestorationResult whole = await restorer.RestoreAsync(new RestorationRequest(image));
        using RestorationResult halves = await pair.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(image.Shape, whole.Image.Shape);
        Assert.Equal(whole.Image.Span.ToArray(), halves.Image.Span.ToArray());
    }

    [Fact]
    public async Task RestoreAsync_WrongChannels_SaysWhatToDo()
    {
        using var restorer = new TorchRestorer(CreateModel());
        using ImageTensor rgba = NetworkCase.RandomInput(new ImageShape(1, 4, 8, 8), seed: 1);
        var error = await Assert.ThrowsAsync<TensorShapeException>(() => restorer.RestoreAsync(new RestorationRequest(rgba)));
        Assert.Contains("Convert it to RGB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreAsync_FromManyThreads_GivesOneResult()
    {
        using var restorer = new TorchRestorer(CreateModel());
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 24, 24), seed: 4);
        RestorationResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => restorer.RestoreAsync(new RestorationRequest(image))));
        Assert.All(results, result =>
        {
            Assert.Equal(results[0].Image.Span.ToArray(), result.Image.Span.ToArray());
        });
        Assert.All(results, result => result.Dispose());
    }

    /// <summary>libtorch picks kernels by the thread count, and each thread keeps the one that it first saw.</summary>
    [Fact]
    public async Task RestoreAsync_ThreadsThatUsedTorchWithOtherCounts_GiveOneResult()
    {
        using var restorer = new TorchRestorer(CreateModel(), new TorchOptions { Threads = 1 });
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 17, 23), seed: 9);
        float[]? expected = null;
        for (int i = 0; i < 50; i++)
        {
            int count = 1 + (i % 2);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => torch.set_num_threads(count))));
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
            expected ??= result.Image.Span.ToArray();
            Assert.Equal(expected, result.Image.Span.ToArray());
        }
    }

    [Fact]
    public async Task RestoreAsync_Cancelled_ThrowsAndReturnsNothing()
    {
        using var restorer = new TorchRestorer(CreateModel());
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 8, 8), seed: 4);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => restorer.RestoreAsync(new RestorationRequest(image), cancellationToken: new CancellationToken(canceled: true)));
    }

    [SkippableTheory]
    [InlineData("cuda", "CUDA")]
    [InlineData("abacus", "'cpu', 'cuda' or 'cuda:N'")]
    public void Constructor_DeviceThatIsNotThere_SaysWhatToDo(string device, string remedy)
    {
        Skip.If(device == "cuda" && torch.cuda.is_available(), "A CUDA device is present, so its absence cannot be tested.");

        var error = Assert.Throws<BackendUnavailableException>(() => new TorchRestorer(CreateModel(), new TorchOptions { Device = device }));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoder_ModelOfOneNetwork_SaysWhatToDo()
    {
        Network network = DnCnn.Create(depth: 2, channels: 2);
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "one", Task = RestorationTask.Denoise });
        Assert.Contains("Use it in a restorer", Assert.Throws<InvalidOperationException>(() => new TorchEncoder(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decode_LatentOfOtherChannels_IsRefused()
    {
        Model model = CreateModel();
        using var decoder = new TorchDecoder(model);
        using var latent = new HostLatent([.. decoder.Info.Latent.Tensors.Select(t => KeyValuePair.Create(t.Name, ImageTensor.Create(new ImageShape(1, t.Channels + 1, 4, 4))))]);
        await Assert.ThrowsAsync<TensorShapeException>(() => decoder.DecodeAsync(latent));
    }

    [Fact]
    public void Constructor_NetworkThatChangesChannels_SaysWhatToDo()
    {
        var builder = new NetworkBuilder("grey");
        builder.Output("grey", builder.Input("image", channels: 3).Conv2d(1, 3, padding: 1));
        Network network = builder.Build();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = "grey", Task = RestorationTask.Other });

        Assert.Contains("keeps channels and size", Assert.Throws<TensorShapeException>(() => new TorchRestorer(model)).Message, StringComparison.Ordinal);
    }

    private static Model CreateModel()
    {
        Network encoder = UNet.CreateEncoder(_small), decoder = UNet.CreateDecoder(_small);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("small", encoder, decoder), new SeededRandom(6));
        return new Model(encoder, decoder, weights, new ModelInfo { Name = "small", Task = RestorationTask.Denoise });
    }
}
