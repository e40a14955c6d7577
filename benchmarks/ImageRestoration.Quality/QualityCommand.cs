using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.Quality.Exchange;
using ImageRestoration.Quality.Exposure;
using ImageRestoration.Quality.Noise;
using ImageRestoration.Quality.Reporting;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Robustness;
using ImageRestoration.Quality.Suite;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Quality;

/// <summary>The command line.</summary>
internal sealed class QualityCommand
{
    private const double LargestSigma = 255;
    private const int MostStops = 20;

    private readonly Option<string> _task = new("--task") { Description = "What the restorer has to do.", Required = true };
    private readonly Option<double[]> _sigma = new("--sigma")
    {
        Description = "denoise: standard deviations of the noise on the scale [0, 255], separated by commas.",
        HelpName = "15,25,50",
        CustomParser = result => ParseNumbers(result, 0, LargestSigma, "standard deviation", "--sigma 15,25,50"),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<SensorStrength[]> _sensor = new("--sensor")
    {
        Description = "denoise: Poisson–Gaussian noise of variance SHOT · value + READ, for values whose white is 1, separated by commas.",
        HelpName = "SHOT:READ,…",
        CustomParser = ParseSensors,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _kind = new("--kind")
    {
        Description = $"real: kinds of noise, separated by commas: {RealNoiseCase.Usage}.",
        HelpName = "KIND,…",
        CustomParser = ParseNames,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int[]> _quality = new("--quality")
    {
        Description = "deblock: qualities of the JPEG files on libjpeg's scale, separated by commas.",
        HelpName = "10,20,40",
        CustomParser = ParseQualities,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _subsampling = new("--subsampling") { Description = "deblock: resolution of the JPEG files' colour planes; 420 by default." };
    private readonly Option<string[]> _mask = new("--mask")
    {
        Description = "inpaint: what is missing, separated by commas: free-form, region, points (80 %), points:SHARE, border, scratch, or folders of mask pictures (white = missing).",
        HelpName = "NAME|DIR,…",
        CustomParser = ParseNames,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<double[]> _stops = new("--stops")
    {
        Description = "brighten: exposures of the darkened pictures in stops, separated by commas; without it, --images holds pairs.",
        HelpName = "-1,-3,-5",
        CustomParser = result => ParseNumbers(result, -MostStops, MostStops, "exposure in stops", "--stops -1,-3,-5"),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _images = new("--images") { Description = "Folder of true pictures, or of pairs NAME_low.* and NAME_high.*.", HelpName = "DIR", Required = true };
    private readonly Option<string[]> _restorer = new("--restorer")
    {
        Description = $"Restorers, separated by commas: .safetensors or .onnx files, bundled models, 'none' to score the degraded pictures themselves, or classical methods: {ClassicalMethods.Usage}. With {RestorerFactory.WithTexture} behind the name of one that inpaints, texture is added to what it fills in. A model for RGB takes grey pictures as three equal planes, one for grey takes RGB plane by plane; classical methods take both as they are.",
        HelpName = "FILE|NAME,…",
        CustomParser = ParseNames,
        Required = true,
    };

    private readonly Option<string> _backend = CommonOptions.Backend();
    private readonly Option<FileInfo?> _json = new("--json") { Description = "Writes the rows to this file too, as a JSON array.", HelpName = "FILE" };
    private readonly Option<int?> _limit = new("--limit") { Description = "Takes only the first N pictures by name; they are degraded as in the whole folder.", HelpName = "N" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of noise and masks.", HelpName = "S", DefaultValueFactory = _ => 0 };
    private readonly Option<int?> _threads = CommonOptions.Threads();

    private readonly Option<bool> _record = new("--record") { Description = "Writes the PSNR into the model file's own description; the restorers must be .safetensors files." };

    public QualityCommand(Func<EvaluationOptions, FileInfo?, CancellationToken, Task<int>> run)
    {
        _task.AcceptOnlyFromAmong([.. EvaluationTask.All.Select(task => task.Name)]);
        _subsampling.AcceptOnlyFromAmong("444", "420");
        RequirePositive(_limit);
        Root = new RootCommand("""
            Scores restorers on a folder of pictures.

            denoise: Gaussian noise is added to the RGB (or grey) values on the scale [0, 255], or noise whose variance rises with the value
            is added to values from 0 to 1; neither is clipped.
            real: noise is clipped and rounded to 8 bits, and goes through JPEG where wanted, or is there before bilinear demosaicking; or pairs
            NAME_real.* and NAME_mean.* of static scenes. It suits models for denoising.
            deblock: pictures are compressed as libjpeg does and rounded to 8 bits.
            inpaint: pixels are missing, and only they are scored. Mask pictures are cropped from the top left corner (and repeated where
            they are too small), transposed for portraits; picture i in the order of names gets mask i modulo their number.
            brighten: pairs of exposures, of which pixels with a channel of 253/255 and more in the bright one are not scored; or pictures
            darkened by --stops, with the noise of a sensor.

            What is random depends on seed, strength or pattern, and file name alone. Results are rounded to 8 bits. PSNR, SSIM (11×11
            Gaussian window) and, of pictures from 161×161 pixels on, MS-SSIM are taken over all channels of each picture and averaged over
            the pictures. The keys of a row in JSON: task, images, case, sigma, restorer, backend, count, psnr, ssim, ms_ssim (null where a
            picture is too small), input_psnr (of the degraded pictures, over the same pixels), megapixels, seconds.
            """)
        {
            _task, _sigma, _sensor, _kind, _quality, _subsampling, _mask, _stops, _images, _restorer, _backend, _json, _limit, _seed, _threads, _record,
            SuiteCommand.Create(), RobustnessCommand.Create(), ReportCommand.Create(), NoiseCommand.Create(), ExposureCommand.Create(), ExchangeCommand.Create(),
        };
        Root.SetAction((result, cancellationToken) => run(Read(result), result.GetValue(_json), cancellationToken));
    }

    public RootCommand Root { get; }

    private static double[]? ParseNumbers(ArgumentResult result, double least, double most, string what, string example)
    {
        var numbers = new List<double>();
        foreach (string part in Parts(result))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number >= least && number <= most))
            {
                result.AddError($"'{part}' is no {what}. Give numbers from {least} to {most}, separated by commas, for instance {example}.");
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static SensorStrength[]? ParseSensors(ArgumentResult result)
    {
        var strengths = new List<SensorStrength>();
        foreach (string part in Parts(result))
        {
            if (SensorStrength.TryParse(part) is not { } noise)
            {
                result.AddError($"'{part}' is no noise of a sensor. Give two variances from 0 to 1, for instance --sensor 0.01:0.0004.");
                return null;
            }

            strengths.Add(noise);
        }

        return [.. strengths];
    }

    private static int[]? ParseQualities(ArgumentResult result)
    {
        var qualities = new List<int>();
        foreach (string part in Parts(result))
        {
            if (!int.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out int quality) || quality is < 1 or > 100)
            {
                result.AddError($"'{part}' is no quality. Give whole numbers from 1 to 100, separated by commas, for instance --quality 10,20,40.");
                return null;
            }

            qualities.Add(quality);
        }

        return [.. qualities];
    }

    internal static string[]? ParseNames(ArgumentResult result)
    {
        string[] names = [.. Parts(result)];
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            result.AddError($"'{string.Join(' ', result.Tokens.Select(token => token.Value))}' has an empty name. Give names separated by single commas.");
            return null;
        }

        return names;
    }

    private static IEnumerable<string> Parts(ArgumentResult result) => result.Tokens.SelectMany(token => token.Value.Split(','));

    internal static void RequirePositive(Option<int?> option)
        => option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError($"{option.Name} is {result.GetValueOrDefault<int?>()}; it must be at least 1.");
            }
        });

    private EvaluationOptions Read(ParseResult result) => new()
    {
        Task = result.GetRequiredValue(_task),
        Images = result.GetRequiredValue(_images),
        Restorers = result.GetRequiredValue(_restorer),
        Backend = result.GetRequiredValue(_backend),
        Sigmas = result.GetRequiredValue(_sigma),
        Sensors = result.GetRequiredValue(_sensor),
        Kinds = result.GetRequiredValue(_kind),
        Qualities = result.GetRequiredValue(_quality),
        Subsampling = result.GetValue(_subsampling) switch
        {
            "444" => ChromaSubsampling.Ratio444,
            "420" => ChromaSubsampling.Ratio420,
            _ => null,
        },
        Masks = result.GetRequiredValue(_mask),
        Stops = result.GetRequiredValue(_stops),
        Seed = result.GetValue(_seed),
        Limit = result.GetValue(_limit),
        Threads = result.GetValue(_threads),
        Record = result.GetValue(_record),
    };
}
