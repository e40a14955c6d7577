using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.Tests.Conformance;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// Disposal while runs are in progress: each of them ends as if nothing had happened or is refused, and no native error comes through.
/// </summary>
public sealed class DisposalTests
{
    private const int Attempts = 6, Calls = 6;

    [Fact]
    public async Task Restorer_DisposedWhileRunning_EndsOrRefusesEachRun()
    {
        Model model = CreateModel();
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 96, 96), seed: 4);
        using var other = new TorchRestorer(model);
        using RestorationResult expected = await other.RestoreAsync(new RestorationRequest(image));
        await AssertEndsOrRefuses(() => new TorchRestorer(model), async restorer =>
        {
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
            Assert.Equal(expected.Image.Span, result.Image.Span);
        });
    }

    [Fact]
    public async Task Encoder_DisposedWhileRunning_EndsOrRefusesEachRun()
    {
        Model model = CreateModel();
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 96, 96), seed: 4);
        using var other = new TorchEncoder(model);
        using Latent expected = await other.EncodeAsync(image);
        await AssertEndsOrRefuses(() => new TorchEncoder(model), async encoder =>
        {
            using Latent latent = await encoder.EncodeAsync(image);
            AssertEqual(expected, latent);
        });
    }

    [Fact]
    public async Task Decoder_DisposedWhileRunning_EndsOrRefusesEachRun()
    {
        Model model = CreateModel();
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 96, 96), seed: 4);
        using var encoder = new TorchEncoder(model);
        using Latent latent = await encoder.EncodeAsync(image);
        using var other = new TorchDecoder(model);
        using ImageTensor expected = await other.DecodeAsync(latent);
        await AssertEndsOrRefuses(() => new TorchDecoder(model), async decoder =>
        {
            using ImageTensor result = await decoder.DecodeAsync(latent);
            Assert.Equal(expected.Span, result.Span);
        });
    }

    [Fact]
    public async Task Latent_DisposedWhileDecoded_EndsOrRefusesEachRun()
    {
        Model model = CreateModel();
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 96, 96), seed: 4);
        using var encoder = new TorchEncoder(model);
        using var decoder = new TorchDecoder(model);
        using Latent whole = await encoder.EncodeAsync(image);
        using ImageTensor expected = await decoder.DecodeAsync(whole);
        await AssertEndsOrRefuses(() => encoder.EncodeAsync(image).GetAwaiter().GetResult(), async latent =>
        {
            using ImageTensor result = await decoder.DecodeAsync(latent);
            Assert.Equal(expected.Span, result.Span);
        });
    }

    [Fact]
    public async Task EncodeDecodeAndRestore_Disposed_Throw()
    {
        Model model = CreateModel();
        using ImageTensor image = NetworkCase.RandomInput(new ImageShape(1, 3, 8, 8), seed: 4);
        var encoder = new TorchEncoder(model);
        var decoder = new TorchDecoder(model);
        var restorer = new TorchRestorer(model);
        Latent latent = await encoder.EncodeAsync(image);
        IDisposable[] disposables = [encoder, decoder, restorer, latent, encoder, decoder, restorer, latent];
        Array.ForEach(disposables, d => d.Dispose());

        await Assert.ThrowsAsync<ObjectDisposedException>(() => encoder.EncodeAsync(image));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => decoder.DecodeAsync(latent));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => restorer.RestoreAsync(new RestorationRequest(image)));
        Assert.Throws<ObjectDisposedException>(() => latent.CopyToHost(latent.Names[0]));
        Assert.Throws<ObjectDisposedException>(() => latent.ShapeOf(latent.Names[0]));
    }

    /// <summary>Disposes after runs have begun on several threads, sooner and later from attempt to attempt.</summary>
    private static async Task AssertEndsOrRefuses<T>(Func<T> create, Func<T, Task> run)
        where T : IDisposable
    {
        int ended = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            T disposable = create();
            using var begun = new SemaphoreSlim(0);
            Task[] runs = [.. Enumerable.Range(0, Calls).Select(_ => Task.Factory.StartNew(async () =>
            {
                try
                {
                    begun.Release();
                    while (true)
                    {
                        await run(disposable);
                        Interlocked.Increment(ref ended);
                    }
                }
                catch (ObjectDisposedException)
                {
                    // As it should be.
                }
            }, TaskCreationOptions.LongRunning).Unwrap())];
            for (int i = 0; i < Calls; i++)
            {
                await begun.WaitAsync();
            }

            await Task.Delay(attempt * 6);
            disposable.Dispose();
            await Task.WhenAll(runs);
        }

        Assert.True(ended > 0, "No run ended before the disposal.");
    }

    private static void AssertEqual(Latent expected, Latent actual) => Assert.All(expected.Names, name =>
    {
        using ImageTensor one = expected.CopyToHost(name), other = actual.CopyToHost(name);
        Assert.Equal(one.Span, other.Span);
    });

    private static Model CreateModel()
    {
        var options = new UNetOptions { Channels = [6, 8, 10] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("small", encoder, decoder), new SeededRandom(6));
        return new Model(encoder, decoder, weights, new ModelInfo { Name = "small", Task = RestorationTask.Denoise });
    }
}
