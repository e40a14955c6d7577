using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Conformance;

/// <summary>An encoder of one backend joined with a decoder of any other is the model they come from, or is refused when joined.</summary>
public sealed class CompositionTests
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [MemberData(nameof(ConformanceBackend.Pairs), MemberType = typeof(ConformanceBackend))]
    public async Task Restore_DecoderThatHalvesOnceMore_EqualsTheWholeModelAtAnySize(string encoderBackend, string decoderBackend)
    {
        Model model = CreateModel();
        using var whole = new ManagedRestorer(model);
        using var joined = new AutoencoderRestorer(
            Backend(encoderBackend).CreateEncoder(model.RequireEncoder(), model.EncoderWeights),
            Backend(decoderBackend).CreateDecoder(model.RequireDecoder(), model.DecoderWeights),
            RestorationTask.Denoise);

        // The encoder alone takes multiples of 2; the decoder needs latents of multiples of 4.
        Assert.Equal(new Size2d(4, 4), joined.SizeMultiple);
        using ImageTensor image = NetworkCase.RandomInput(ImageShape.Single(3, 10, 13), seed: 4);
        using RestorationResult expected = await whole.RestoreAsync(new RestorationRequest(image)), actual = await joined.RestoreAsync(new RestorationRequest(image));
        Assert.All(expected.Image.Span.ToArray().Zip(actual.Image.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    [Theory]
    [MemberData(nameof(ConformanceBackend.Pairs), MemberType = typeof(ConformanceBackend))]
    public void Create_LatentsThatDiffer_AreRefused(string encoderBackend, string decoderBackend)
    {
        Model model = CreateModel(), other = CreateModel(channels: 6);
        using IEncoder encoder = Backend(encoderBackend).CreateEncoder(model.RequireEncoder(), model.EncoderWeights);
        using IDecoder decoder = Backend(decoderBackend).CreateDecoder(other.RequireDecoder(), other.DecoderWeights);

        string message = Assert.Throws<TensorShapeException>(() => new AutoencoderRestorer(encoder, decoder, RestorationTask.Denoise)).Message;

        Assert.Contains("'features: 4 channels at 1/2' and the decoder takes 'features: 6 channels at 1/2'", message, StringComparison.Ordinal);
    }

    private static ConformanceBackend Backend(string name) => ConformanceBackend.All.Single(backend => backend.Name == name);

    private static Model CreateModel(int channels = 4)
    {
        var encoder = new NetworkBuilder("encoder");
        encoder.Output("features", encoder.Input("image", 3).Conv2d(channels, 2, stride: 2).ReLU());
        var decoder = new NetworkBuilder("decoder");
        NetworkValue features = decoder.Input("features", channels, downscale: 2);
        features += features.Conv2d(channels, 2, stride: 2).ReLU().Conv2d(channels * 4, 1).PixelShuffle(2);
        decoder.Output("image", features.Conv2d(3 * 4, 1).PixelShuffle(2));
        Network first = encoder.Build(), second = decoder.Build();
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose("halves", first, second), new SeededRandom(5));
        return new Model(first, second, weights, new ModelInfo { Name = "halves", Task = RestorationTask.Denoise });
    }
}
