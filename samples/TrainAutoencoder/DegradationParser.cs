using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.Degradation;

namespace TrainAutoencoder;

/// <summary>Reads degradations as recipes write them: <c>name:number:number</c>, with a probability in front where wanted, such as <c>0.85*jpeg:60:98</c>.</summary>
internal static class DegradationParser
{
    private const string Known = "gaussian:low:high, correlated:low:high[:channels low[:channels high[:grain]]], film:low:high[:grain], saturation:low[:high], "
        + "blur:low:high, drawing, clip, jpeg:low:high[:share of repeated chroma] or, as the first step, "
        + "sensor[:low shot noise:high[:share of reduced pictures[:low exposure:high]]] or mosaic:low:high";

    /// <summary>Reads a mixture of which each patch gets one kind.</summary>
    public static IDegradation ParseMixture(ImmutableArray<DegradationShare> mixture)
        => new RandomChoiceDegradation([.. mixture.Select(ParseKind)], [.. mixture.Select(kind => kind.Share)]);

    private static IDegradation ParseKind(DegradationShare kind)
    {
        IDegradation degradation = kind.Steps is [var first, .. var rest]
            ? first.Split(':')[0] switch
            {
                "sensor" => ParseSensor(first, CompressionOf(rest)),
                "mosaic" => ParseMosaic(first, CompressionOf(rest)),
                _ => new SequenceDegradation([.. kind.Steps.Select(Parse)]),
            }
            : new SequenceDegradation([]);
        return kind.Target.Length == 0 ? degradation : new AugmentedDegradation(new SequenceDegradation([.. kind.Target.Select(Parse)]), degradation);
    }

    private static SequenceDegradation? CompressionOf(ImmutableArray<string> steps) => steps.Length == 0 ? null : new SequenceDegradation([.. steps.Select(Parse)]);

    private static SensorPipeline ParseSensor(string text, IDegradation? compression)
    {
        double[] numbers = Numbers(text, text.Split(':')[1..]);
        if (numbers.Length is 4 or > 5)
        {
            throw Unknown(text);
        }

        var options = new SensorPipelineOptions { Compression = compression };
        return new SensorPipeline(options with
        {
            Noise = numbers.Length >= 2 ? new SensorNoise(numbers[0], numbers[1]) : options.Noise,
            ReducedShare = numbers.Length >= 3 ? numbers[2] : options.ReducedShare,
            MinimumExposure = numbers.Length == 5 ? numbers[3] : options.MinimumExposure,
            MaximumExposure = numbers.Length == 5 ? numbers[4] : options.MaximumExposure,
        });
    }

    /// <summary>Gaussian noise in the mosaic of the picture's values as they are, which a program demosaicked afterwards.</summary>
    private static SensorPipeline ParseMosaic(string text, IDegradation? compression)
    {
        double[] numbers = Numbers(text, text.Split(':')[1..]);
        return numbers.Length != 2 ? throw Unknown(text) : new SensorPipeline(SensorPipelineOptions.CreateNeutral() with
        {
            Noise = new GaussianNoise(numbers[0], numbers[1]),
            GradientCorrectedShare = 0.2,
            Compression = compression,
        });
    }

    private static IDegradation Parse(string text)
    {
        string[] factors = text.Split('*', StringSplitOptions.TrimEntries);
        string[] parts = factors[^1].Split(':', StringSplitOptions.TrimEntries);
        IDegradation degradation = Create(parts[0], Numbers(text, parts[1..])) ?? throw Unknown(text);
        return factors.Length switch
        {
            1 => degradation,
            2 => degradation.WithProbability(Numbers(text, factors[..1])[0]),
            _ => throw Unknown(text),
        };
    }

    private static IDegradation? Create(string name, double[] numbers) => (name, numbers) switch
    {
        ("gaussian", [var low, var high]) => new GaussianNoise(low, high),
        ("correlated", [var low, var high]) => new CorrelatedNoise(new() { MinimumSigma = low, MaximumSigma = high }),
        ("correlated", [var low, var high, var channels]) => Correlated(low, high, channels, 1, 0),
        ("correlated", [var low, var high, var least, var most]) => Correlated(low, high, least, most, 0),
        ("correlated", [var low, var high, var least, var most, var grain]) => Correlated(low, high, least, most, grain),
        ("film", [var low, var high]) => new CorrelatedNoise(new() { MinimumSigma = low, MaximumSigma = high, IsFilm = true }),
        ("film", [var low, var high, var grain]) => new CorrelatedNoise(new() { MinimumSigma = low, MaximumSigma = high, MaximumGrain = grain, IsFilm = true }),
        ("saturation", [var factor]) => new ColorSaturation(factor),
        ("saturation", [var low, var high]) => new ColorSaturation(low, high),
        ("blur", [var low, var high]) => new GaussianBlur(low, high),
        ("drawing", []) => new AdaptiveThreshold(),
        ("clip", []) => new BitDepthReduction(8),
        ("jpeg", [var low, var high]) => Jpeg(low, high, 0),
        ("jpeg", [var low, var high, var repeated]) => Jpeg(low, high, repeated),
        _ => null,
    };

    private static CorrelatedNoise Correlated(double low, double high, double least, double most, double grain) => new(new()
    {
        MinimumSigma = low,
        MaximumSigma = high,
        MinimumChannelCorrelation = least,
        MaximumChannelCorrelation = most,
        MaximumGrain = grain,
    });

    private static JpegCompression Jpeg(double low, double high, double repeated) => new(new JpegCompressionOptions
    {
        MinimumQuality = (int)low,
        MaximumQuality = (int)high,
        Subsampling = null,
        RepeatedChromaProbability = repeated,
    });

    private static double[] Numbers(string text, string[] parts)
        => [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Unknown(text))];

    private static FormatException Unknown(string text) => new($"The degradation '{text}' is unknown; it must be {Known}.");
}
