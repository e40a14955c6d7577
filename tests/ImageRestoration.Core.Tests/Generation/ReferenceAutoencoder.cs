using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Generation;

/// <summary>A small variational autoencoder with random weights, run by the reference evaluator.</summary>
internal sealed class ReferenceAutoencoder : IEncoder, IDecoder
{
    private readonly Network _encoder;
    private readonly Network _decoder;
    private readonly NetworkWeights _weights;

    internal ReferenceAutoencoder(int classes = 0)
    {
        var options = new VariationalAutoencoderOptions { ImageChannels = 1, Channels = [3, 4, 5], LatentChannels = 6, Classes = classes };
        (_encoder, _decoder) = (VariationalAutoencoder.CreateEncoder(options), VariationalAutoencoder.CreateDecoder(options));
        _weights = NetworkWeights.Initialize(VariationalAutoencoder.Create(options), new SeededRandom(3));
    }

    internal int LargestBatch { get; private set; }

    internal bool IsDisposed { get; private set; }

    EncoderInfo IEncoder.Info => EncoderInfo.For(_encoder, "reference", "cpu");

    DecoderInfo IDecoder.Info => DecoderInfo.For(_decoder, "reference", "cpu");

    public Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default)
    {
        ((IEncoder)this).Info.ThrowIfUnfit(request);
        var inputs = _encoder.Inputs.Zip(_encoder.Arrange(request, holes: null)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return Task.FromResult<Latent>(new HostLatent([.. ReferenceEvaluator.Run(_encoder, _weights.Select("encoder."), inputs)]));
    }

    public Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _decoder.InferShape(latent);
        var host = (HostLatent)latent;
        LargestBatch = Math.Max(LargestBatch, host.ShapeOf(host.Names[0]).Batch);
        return Task.FromResult(ReferenceEvaluator.Run(_decoder, _weights.Select("decoder."), host.Names.ToDictionary(n => n, n => host[n]))["image"]);
    }

    public void Dispose() => IsDisposed = true;
}
