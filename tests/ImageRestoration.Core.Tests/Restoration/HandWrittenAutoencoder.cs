using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Restoration;

/// <summary>An encoder as a user might write it: the mean of each 2×2 pixels, and the picture's differences from it.</summary>
internal sealed class MeanEncoder : IEncoder
{
    internal HostLatent? LastLatent { get; private set; }

    internal bool IsDisposed { get; private set; }

    internal LatentSpec Spec { get; init; } = MeanDecoder.Spec;

    public EncoderInfo Info => new("mean", 1, Spec, "managed", "cpu") { TakesMask = TakesMask, SizeMultiple = SizeMultiple };

    internal bool TakesMask { get; init; }

    internal Size2d SizeMultiple { get; init; } = 2;

    public Task<Latent> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken = default)
    {
        ImageTensor image = request.Image;
        cancellationToken.ThrowIfCancellationRequested();
        ImageTensor mean = ImageTensor.Create(image.Shape with { Height = image.Height / 2, Width = image.Width / 2 });
        ImageTensor detail = ImageTensor.Create(image.Shape);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                mean.Row(0, 0, y / 2)[x / 2] += image.Row(0, 0, y)[x] / 4;
            }
        }

        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                detail.Row(0, 0, y)[x] = image.Row(0, 0, y)[x] - mean.Row(0, 0, y / 2)[x / 2];
            }
        }

        LastLatent = new HostLatent([new("mean", mean), new("detail", detail)]);
        return Task.FromResult<Latent>(LastLatent);
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>The decoder that belongs to it. It can leave the details out.</summary>
internal sealed class MeanDecoder(bool useDetail = true) : IDecoder
{
    internal static LatentSpec Spec { get; } = new([new("mean", 1, new(1, 2, 0), new(1, 2, 0)), new("detail", 1, AffineSize.Identity, AffineSize.Identity)]);

    internal bool IsDisposed { get; private set; }

    internal Func<Latent, ImageTensor>? Instead { get; init; }

    public DecoderInfo Info => new("mean", ImageChannels, Spec, "managed", Device) { SizeMultiple = SizeMultiple };

    internal int ImageChannels { get; init; } = 1;

    internal Size2d SizeMultiple { get; init; } = 1;

    internal string Device { get; init; } = "cpu";

    public Task<ImageTensor> DecodeAsync(Latent latent, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Instead is not null)
        {
            return Task.FromResult(Instead(latent));
        }

        using ImageTensor mean = latent.CopyToHost("mean");
        ImageTensor image = latent.CopyToHost("detail");
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                image.Row(0, 0, y)[x] = mean.Row(0, 0, y / 2)[x / 2] + (useDetail ? image.Row(0, 0, y)[x] : 0);
            }
        }

        return Task.FromResult(image);
    }

    public void Dispose() => IsDisposed = true;
}
