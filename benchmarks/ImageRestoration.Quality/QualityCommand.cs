using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;

namespace ImageRestoration.Quality;

/// <summary>The command line.</summary>
internal sealed class QualityCommand
{
    private const double LargestSigma = 255;

    private readonly Option<string> _task = new("--task") { Description = "What the restorer has to do.", Required = true };
    private readonly Option<double[]> _sigma = new("--sigma")
    {
        Description = "Standard deviations of the noise on the scale [0, 255], separated by commas.",
        HelpName = "15,25,50",
        CustomParser = ParseSigmas,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _images = new("--images") { Description = "Folder of true pictures (PNG, JPEG).", HelpName = "DIR", Required = true };
    private readonly Option<string> _restorer = new("--restorer") { Description = "A .safetensors or .onnx file, the name of a bundled model, or 'none' to score the degraded pictures themselves.", HelpName = "FILE|NAME", Required = true };
    private readonly Option<string> _backend = new("--backend") { Description = "What computes.", DefaultValueFactory = _ => "onnx" };
    private readonly Option<FileInfo?> _json = new("--json") { Description = "Writes the rows to this file too, as a JSON array.", HelpName = "FILE" };
    private readonly Option<int?> _limit = new("--limit") { Description = "Takes only the first N pictures by name; they get the same noise as in the whole folder.", HelpName = "N" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of the noise.", HelpName = "S", DefaultValueFactory = _ => 0 };
    private readonly Option<int?> _threads = new("--threads") { Description = "Threads of the backend; its own choice by default.", HelpName = "N" };

    private readonly Option<bool> _record = new("--record") { Description = "Writes the PSNR into the model file's own description; the restorer must be a .safetensors file." };

    public QualityCommand(Func<EvaluationOptions, FileInfo?, CancellationToken, Task<int>> run)
    {
        _task.AcceptOnlyFromAmong([.. EvaluationTask.All.Select(task => task.Name)]);
        _backend.AcceptOnlyFromAmong([.. RestorerFactory.Backends.Keys]);
        RequirePositive(_limit);
        RequirePositive(_threads);
        Root = new RootCommand("""
            Scores a restorer on a folder of pictures.

            Denoising: Gaussian noise is added to the RGB (or grey) values on the scale [0, 255] and not clipped; it depends on
            seed, sigma and file name alone. Results are rounded to 8 bits. PSNR and SSIM (11×11 Gaussian window) are taken over
            all pixels and channels of each picture and averaged over the pictures.
            """)
        {
            _task, _sigma, _images, _restorer, _backend, _json, _limit, _seed, _threads, _record,
        };
        Root.SetAction((result, cancellationToken) => run(Read(result), result.GetValue(_json), cancellationToken));
    }

    public RootCommand Root { get; }

    private static double[]? ParseSigmas(ArgumentResult result)
    {
        var sigmas = new List<double>();
        foreach (string part in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double sigma) || !(sigma is >= 0 and <= LargestSigma))
            {
                result.AddError($"'{part}' is no standard deviation. Give numbers from 0 to {LargestSigma}, separated by commas, for instance --sigma 15,25,50.");
                return null;
            }

            sigmas.Add(sigma);
        }

        return [.. sigmas];
    }

    private static void RequirePositive(Option<int?> option)
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
        Restorer = result.GetRequiredValue(_restorer),
        Backend = result.GetRequiredValue(_backend),
        Sigmas = result.GetRequiredValue(_sigma),
        Seed = result.GetValue(_seed),
        Limit = result.GetValue(_limit),
        Threads = result.GetValue(_threads),
        Record = result.GetValue(_record),
    };
}
