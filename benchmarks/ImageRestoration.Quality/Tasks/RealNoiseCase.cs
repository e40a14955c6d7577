using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;
using ImageRestoration.Numerics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Noise as files have it: clipped and rounded to 8 bits, and then through JPEG, or before demosaicking.</summary>
internal sealed class RealNoiseCase : EvaluationCase
{
    public const string Usage = "pairs, clipped:SIGMA, jpeg:SIGMA:QUALITY:420|444, file:SIGMA:QUALITY:420|444 (through ImageSharp's "
        + $"encoder and the library's reader), mosaic:SIGMA, {TonedNoiseCase.Usage}";

    private const string Pairs = "pairs";

    private readonly long _seed;
    private readonly IDegradation _degradation;
    private readonly JpegEncoder? _encoder;

    private RealNoiseCase(string name, long seed, double sigma, IDegradation degradation)
    {
        (Name, _seed, _degradation, Sigma) = (name, seed, degradation, sigma);
    }

    private RealNoiseCase(string name, long seed, double sigma, JpegEncoder encoder)
        : this(name, seed, sigma, Clipped(sigma)) => _encoder = encoder;

    public override double? Sigma { get; }

    public override string Name { get; }

    public static IReadOnlyList<EvaluationCase> CreateCases(EvaluationOptions options)
        => options.Kinds.Count > 0
            ? [.. options.Kinds.Select(kind => Create(kind, options.Seed))]
            : throw new QualityException($"Task 'real' needs the kinds of noise: {Usage}, for instance --kind jpeg:25:95:420.");

    /// <summary>Whether the folder holds pairs of real noise, of which the true pictures are scored.</summary>
    public static bool TakesPairs(EvaluationOptions options)
        => options.Kinds.Contains(Pairs) && (options.Kinds.Count == 1 ? true : throw new QualityException("The kind 'pairs' takes a folder of its own. Give it alone."));

    public static EvaluationCase Create(string kind, long seed)
    {
        switch (kind.Split(':'))
        {
            case [Pairs]:
                return new RealPairsCase();
            case ["clipped", var sigma] when Number(sigma) is { } deviation:
                return new RealNoiseCase($"clipped, sigma {sigma}", seed, deviation, Clipped(deviation));
            case ["jpeg", var sigma, var quality, "420" or "444"] when Number(sigma) is { } deviation && Quality(quality) is { } level:
                var compression = new JpegCompression(level, SubsamplingOf(kind));
                return new RealNoiseCase(NameOf(kind), seed, deviation, Clipped(deviation).Then(compression));
            case ["file", var sigma, var quality, "420" or "444"] when Number(sigma) is { } deviation && Quality(quality) is { } level:
                return new RealNoiseCase(
                    NameOf(kind), seed, deviation, new JpegEncoder { Quality = level, ColorType = IsFull(kind) ? JpegColorType.YCbCrRatio444 : JpegColorType.YCbCrRatio420 });
            case ["toned", var tone, var sigma]
                when Number(sigma) is { } deviation && TonedNoiseCase.Create(tone, deviation, seed) is { } toned:
                return toned;
            case ["toned", var tone, var sigma, var quality, "420" or "444"]
                when Number(sigma) is { } deviation && Quality(quality) is { } level
                    && TonedNoiseCase.Create(tone, deviation, seed, (level, SubsamplingOf(kind))) is { } toned:
                return toned;
            case ["mosaic", var sigma] when Number(sigma) is { } deviation:
                return new RealNoiseCase($"before demosaicking, sigma {sigma}", seed, deviation, Mosaic(deviation));
            default:
                throw new QualityException($"'{kind}' is no kind of noise; the kinds are {Usage}.");
        }
    }

    public override async Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken)
    {
        ImageTensor noisy = original.Clone();

        // The noise is that of every case of this strength, whatever comes after it.
        _degradation.Apply(noisy, SeededRandom.ForSample(_seed, BitConverter.DoubleToInt64Bits(Sigma!.Value), CaseRandom.Hash(file.Name)));
        if (_encoder is null)
        {
            return new EvaluationInput(noisy);
        }

        using (noisy)
        {
            return new EvaluationInput(await ThroughFileAsync(noisy, _encoder, cancellationToken));
        }
    }

    private static async Task<ImageTensor> ThroughFileAsync(ImageTensor picture, JpegEncoder encoder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".jpg");
        try
        {
            using (Image image = picture.ToImage())
            {
                await image.SaveAsJpegAsync(path, encoder, cancellationToken);
            }

            return await ImageFile.LoadAsync(path, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static SequenceDegradation Clipped(double sigma) => new(new GaussianNoise(sigma), new BitDepthReduction(8));

    /// <summary>Noise of one strength in the values of the mosaic, which are not light here, and bilinear demosaicking.</summary>
    private static SensorPipeline Mosaic(double sigma) => new(SensorPipelineOptions.CreateNeutral() with { Noise = new GaussianNoise(sigma) });

    private static string NameOf(string kind)
    {
        string[] parts = kind.Split(':');
        return $"sigma {parts[1]}, {(parts[0] == "file" ? "file of " : string.Empty)}quality {parts[2]} {(IsFull(kind) ? "4:4:4" : "4:2:0")}";
    }

    private static ChromaSubsampling SubsamplingOf(string kind) => IsFull(kind) ? ChromaSubsampling.Ratio444 : ChromaSubsampling.Ratio420;

    private static bool IsFull(string kind) => kind.EndsWith("444", StringComparison.Ordinal);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 255 ? number : null;

    private static int? Quality(string text) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int quality) && quality is >= 1 and <= 100 ? quality : null;
}
