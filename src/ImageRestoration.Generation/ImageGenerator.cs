using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Generation;

/// <summary>
/// Makes pictures of normally distributed noise with the decoder of a variational autoencoder (Kingma and Welling 2014, arXiv:1312.6114),
/// and between pictures. Any decoder of a single latent tensor will do; one that also takes a tensor <c>label</c> makes pictures of a
/// class.
/// </summary>
/// <remarks>As thread-safe as its decoder.</remarks>
public sealed class ImageGenerator : IDisposable
{
    /// <summary>
    /// Name of the tensor that tells a decoder the class: a plane for each, of the latent's size, ones for the class and zeros for the
    /// others.
    /// </summary>
    public const string LabelName = "label";

    private readonly IDecoder _decoder;
    private readonly LatentTensorSpec _latent;
    private readonly bool _leaveOpen;

    /// <summary>Creates the generator.</summary>
    /// <param name="decoder">Takes one latent tensor of any name, and beside it <c>label</c> where it tells classes apart.</param>
    /// <param name="leaveOpen">Whether the decoder stays open when the generator is disposed.</param>
    /// <exception cref="TensorShapeException">The decoder takes other tensors, such as skip connections; it stays the caller's.</exception>
    public ImageGenerator(IDecoder decoder, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        LatentTensorSpec[] latents = [.. decoder.Info.Latent.Tensors.Where(t => t.Name != LabelName)];
        if (latents.Length != 1)
        {
            throw GenerationErrors.NotOneLatent(latents);
        }

        _decoder = decoder;
        _latent = latents[0];
        _leaveOpen = leaveOpen;
        Classes = decoder.Info.Latent.Tensors.FirstOrDefault(t => t.Name == LabelName)?.Channels ?? 0;
    }

    /// <summary>Number of classes that the decoder tells apart; 0 where it makes pictures of the latent alone.</summary>
    public int Classes { get; }

    /// <summary>Makes pictures of noise.</summary>
    /// <param name="count">Number of pictures, at least 1.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pictures, NCHW, nominally in [0, 1], not clipped; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">An option is out of range; all errors are reported together.</exception>
    public async Task<ImageTensor> GenerateAsync(
        int count, GenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new GenerationOptions();
        using HostLatent latent = DrawLatent(count, options);
        return await DecodeAsync(latent, options.BatchSize, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Draws the latents that <see cref="GenerateAsync"/> decodes.</summary>
    /// <param name="count">Number of pictures, at least 1.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <returns>A latent of that batch, with the label where the decoder takes one; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">An option is out of range; all errors are reported together.</exception>
    public HostLatent DrawLatent(int count, GenerationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        options = Validated(options);
        Size2d size = options.Size ?? _decoder.Info.SizeMultiple;
        var shape = new ImageShape(count, _latent.Channels, _latent.HeightScale.For(size.Height), _latent.WidthScale.For(size.Width));
        ImageTensor noise = ImageTensor.CreateUninitialized(shape);
        int length = noise.Span.Length / count;
        for (int i = 0; i < count; i++)
        {
            var random = SeededRandom.ForSample(options.Seed, step: 0, sample: i);
            random.NextGaussian(noise.Span.Slice(i * length, length), sigma: (float)options.Temperature);
        }

        return WithLabel(noise, options.Label);
    }

    /// <summary>Makes pictures at equal distances on the way from one latent to another, both ends included.</summary>
    /// <param name="from">
    /// Where the way starts, such as a latent of <see cref="DrawLatent"/> or <see cref="EncodeAsync"/>, of a single picture.
    /// </param>
    /// <param name="to">Where it ends, likewise. With labels of two classes, the pictures pass from one class to the other.</param>
    /// <param name="steps">Number of pictures, at least 2.</param>
    /// <param name="path">Arc or line.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pictures, NCHW, nominally in [0, 1], not clipped; the caller disposes them.</returns>
    /// <exception cref="TensorShapeException">The latents do not fit each other or the decoder.</exception>
    public async Task<ImageTensor> InterpolateAsync(
        HostLatent from,
        HostLatent to,
        int steps,
        InterpolationPath path = InterpolationPath.Spherical,
        CancellationToken cancellationToken = default)
    {
        using HostLatent between = LatentInterpolation.Interpolate(from, to, steps, path);
        return await DecodeAsync(between, new GenerationOptions().BatchSize, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes pictures between two others: encodes both and decodes what lies between their latents.</summary>
    /// <param name="encoder">The encoder that belongs to the decoder, on any backend.</param>
    /// <param name="from">The first picture, NCHW with a batch of 1, in [0, 1].</param>
    /// <param name="to">The last picture, of the same shape.</param>
    /// <param name="steps">Number of pictures, at least 2; the first and the last are reconstructions of the two.</param>
    /// <param name="label">Class of both pictures, for decoders that are told one.</param>
    /// <param name="path">Arc or line.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pictures, NCHW, nominally in [0, 1], not clipped; the caller disposes them.</returns>
    /// <exception cref="TensorShapeException">The pictures fit not each other or the encoder, or the encoder not the decoder.</exception>
    /// <exception cref="ArgumentException">The label is missing, out of range or not wanted.</exception>
    public async Task<ImageTensor> InterpolateAsync(
        IEncoder encoder,
        ImageTensor from,
        ImageTensor to,
        int steps,
        int? label = null,
        InterpolationPath path = InterpolationPath.Spherical,
        CancellationToken cancellationToken = default)
    {
        using HostLatent first = await EncodeAsync(encoder, from, label, cancellationToken).ConfigureAwait(false);
        using HostLatent last = await EncodeAsync(encoder, to, label, cancellationToken).ConfigureAwait(false);
        return await InterpolateAsync(first, last, steps, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encodes pictures to what the decoder takes: the mean of the latent, and the label.</summary>
    /// <param name="encoder">The encoder that belongs to the decoder, on any backend.</param>
    /// <param name="image">Pictures, NCHW, in [0, 1].</param>
    /// <param name="label">Class of the pictures, for decoders that are told one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The latent; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">The picture does not fit the encoder, or the encoder not the decoder.</exception>
    /// <exception cref="ArgumentException">The label is missing, out of range or not wanted.</exception>
    public async Task<HostLatent> EncodeAsync(
        IEncoder encoder, ImageTensor image, int? label = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        encoder.Info.Latent.ThrowIfNotFor(new LatentSpec([_latent]));
        Validated(new GenerationOptions { Label = label });
        if (label is null)
        {
            using Latent plain = await encoder.EncodeAsync(image, cancellationToken: cancellationToken).ConfigureAwait(false);
            return WithLabel(plain.CopyToHost(_latent.Name), label);
        }

        ArgumentNullException.ThrowIfNull(image);
        var latentShape = new ImageShape(
            image.Batch, _latent.Channels, _latent.HeightScale.For(image.Height), _latent.WidthScale.For(image.Width));
        using HostLatent conditions = WithLabel(ImageTensor.CreateUninitialized(latentShape), label);
        var request = new EncodeRequest(image) { Conditions = conditions };
        using Latent encoded = await encoder.EncodeAsync(request, cancellationToken).ConfigureAwait(false);
        return WithLabel(encoded.CopyToHost(_latent.Name), label);
    }

    /// <summary>Disposes the decoder, unless it was to be left open.</summary>
    public void Dispose()
    {
        if (!_leaveOpen)
        {
            _decoder.Dispose();
        }
    }

    private GenerationOptions Validated(GenerationOptions? options)
    {
        options ??= new GenerationOptions();
        options.ThrowIfInvalid(Classes, _decoder.Info.SizeMultiple, nameof(options));
        return options;
    }

    /// <summary>Takes the latent over and adds the planes of the classes.</summary>
    private HostLatent WithLabel(ImageTensor latent, int? label)
    {
        if (label is not { } chosen)
        {
            return new HostLatent([new(_latent.Name, latent)]);
        }

        ImageTensor planes = ImageTensor.Create(latent.Shape with { Channels = Classes });
        int plane = latent.Height * latent.Width;
        for (int i = 0; i < latent.Batch; i++)
        {
            planes.Span.Slice(((i * Classes) + chosen) * plane, plane).Fill(1);
        }

        return new HostLatent([new(_latent.Name, latent), new(LabelName, planes)]);
    }

    private async Task<ImageTensor> DecodeAsync(HostLatent latent, int batchSize, CancellationToken cancellationToken)
    {
        int count = latent.ShapeOf(_latent.Name).Batch;
        if (count <= batchSize)
        {
            return await _decoder.DecodeAsync(latent, cancellationToken).ConfigureAwait(false);
        }

        ImageTensor? pictures = null;
        try
        {
            for (int first = 0; first < count; first += batchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int size = Math.Min(batchSize, count - first);
                using HostLatent part = new([.. latent.Names.Select(name => KeyValuePair.Create(name, Part(latent[name], first, size)))]);
                using ImageTensor decoded = await _decoder.DecodeAsync(part, cancellationToken).ConfigureAwait(false);
                pictures ??= ImageTensor.CreateUninitialized(decoded.Shape with { Batch = count });
                decoded.Span.CopyTo(pictures.Span[(first * (decoded.Span.Length / size))..]);
            }

            return pictures!;
        }
        catch
        {
            pictures?.Dispose();
            throw;
        }
    }

    private static ImageTensor Part(ImageTensor tensor, int first, int count)
    {
        int length = tensor.Span.Length / tensor.Batch;
        ImageTensor part = ImageTensor.CreateUninitialized(tensor.Shape with { Batch = count });
        tensor.Span.Slice(first * length, count * length).CopyTo(part.Span);
        return part;
    }
}
