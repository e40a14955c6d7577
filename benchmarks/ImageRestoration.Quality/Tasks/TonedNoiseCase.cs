using System.Numerics.Tensors;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Quality.Tasks;

/// <summary>
/// Noise of black-and-white pictures that are stored as RGB, in three equal planes or toned: it is the same in all channels, then clipped
/// and rounded to 8 bits, and then through JPEG where wanted.
/// </summary>
internal sealed class TonedNoiseCase : EvaluationCase
{
    public const string Usage = "toned:rgb|sepia:SIGMA (as PNG stores it) or toned:rgb|sepia:SIGMA:QUALITY:420|444 (as JPEG)";

    private static readonly Dictionary<string, float[]> Tints = new(StringComparer.Ordinal)
    {
        ["rgb"] = [1, 1, 1],
        ["sepia"] = [1, 0.86f, 0.66f],
    };

    private readonly long _seed;
    private readonly float[] _tint;
    private readonly IDegradation _storage;

    private TonedNoiseCase(string tone, double sigma, long seed, (int Quality, ChromaSubsampling Subsampling)? jpeg)
    {
        (Sigma, _seed, _tint) = (sigma, seed, Tints[tone]);
        var rounding = new BitDepthReduction(8);
        _storage = jpeg is { } file ? rounding.Then(new JpegCompression(file.Quality, file.Subsampling)) : rounding;
        string sampling = jpeg?.Subsampling == ChromaSubsampling.Ratio444 ? "4:4:4" : "4:2:0";
        string name = tone == "rgb" ? "grey as RGB" : tone;
        Name = jpeg is null
            ? FormattableString.Invariant($"{name}, sigma {sigma}")
            : FormattableString.Invariant($"{name}, sigma {sigma}, quality {jpeg.Value.Quality} {sampling}");
    }

    public override double? Sigma { get; }

    public override string Name { get; }

    /// <summary>Makes a case; null where there is no such tone.</summary>
    public static TonedNoiseCase? Create(string tone, double sigma, long seed, (int Quality, ChromaSubsampling Subsampling)? jpeg = null)
        => Tints.ContainsKey(tone) ? new(tone, sigma, seed, jpeg) : null;

    /// <inheritdoc/>
    public override ImageTensor CreateOriginal(ImageTensor picture)
    {
        using ImageTensor tones = ImageTensor.Create(picture.Shape with { Channels = 1 });
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            TensorPrimitives.MultiplyAdd(picture.Plane(0, channel), 1f / picture.Channels, tones.Span, tones.Span);
        }

        return Tinted(tones);
    }

    public override Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken)
    {
        using ImageTensor tones = ImageTensor.CreateUninitialized(original.Shape with { Channels = 1 });
        TensorPrimitives.Divide(original.Plane(0, 0), _tint[0], tones.Span);
        SeededRandom random = SeededRandom.ForSample(_seed, BitConverter.DoubleToInt64Bits(Sigma!.Value), CaseRandom.Hash(file.Name));
        new GaussianNoise(Sigma.Value).Apply(tones, random);
        ImageTensor noisy = Tinted(tones);
        _storage.Apply(noisy, random);
        return Task.FromResult(new EvaluationInput(noisy));
    }

    private ImageTensor Tinted(ImageTensor tones)
    {
        ImageTensor picture = ImageTensor.CreateUninitialized(tones.Shape with { Channels = _tint.Length });
        for (int channel = 0; channel < _tint.Length; channel++)
        {
            TensorPrimitives.Multiply(tones.Span, _tint[channel], picture.Plane(0, channel));
        }

        return picture;
    }
}
