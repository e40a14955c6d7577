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

    public int ImageChannels => 1;

    public bool TakesMask => false;

    public Size2d SizeMultiple => _decoder.SizeMultiple;

    public string Device => "cpu";

    public LatentSpec Conditions => LatentSpec.ConditionsOf(_encoder);

    LatentSpec IEncoder.Latent => LatentSpec.MadeBy(_encoder);

    LatentSpec IDecoder.Latent => LatentSpec.TakenBy(_decoder);

    public Task<Latent> EncodeAsync(ImageTensor image, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask);
        return Encode(image, conditions: null);
    }

    public Task<Latent> EncodeConditionedAsync(ImageTensor image, HostLatent conditions, Mask? mask = null, CancellationToken cancellationToken = default)
    {
        this.ThrowIfUnfit(image, mask, conditions);
        return Encode(image, conditions);
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

    private Task<Latent> Encode(ImageTensor image, HostLatent? conditions)
    {
        var inputs = _encoder.Inputs.Zip(_encoder.Arrange(image, holes: null, conditions)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return Task.FromResult<Latent>(new HostLatent([.. ReferenceEvaluator.Run(_encoder, _weights.Select("encoder."), inputs)]));
    }
}
