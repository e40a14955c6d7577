using System.CommandLine;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Noise;

/// <summary>Command line of the table that compares estimates of noise with what was added.</summary>
internal static class NoiseCommand
{
    private static readonly string[] JpegFiles = ["95:420", "95:444", "75:420", "75:444"];

    private static readonly string[] AllKinds =
    [
        .. new[] { 0, 5, 10, 25, 50 }.Select(sigma => $"clipped:{sigma}"),
        .. new[] { 0, 5, 10, 25 }.SelectMany(sigma => JpegFiles.Select(file => $"jpeg:{sigma}:{file}")),
        "toned:rgb:25", "toned:sepia:25", "toned:sepia:25:95:420", "toned:sepia:25:75:420",
    ];

    public static Command Create()
    {
        var images = new Option<DirectoryInfo>("--images")
        {
            Description = "Folder of clean pictures, or of pairs for --kind pairs.",
            HelpName = "DIR",
            Required = true,
        };
        var kinds = new Option<string[]>("--kind")
        {
            Description = $"Kinds of noise, separated by commas: {RealNoiseCase.Usage}. By default, those of docs/classical.md.",
            HelpName = "KIND,…",
            CustomParser = QualityCommand.ParseNames,
            DefaultValueFactory = _ => AllKinds,
        };
        var restorer = new Option<string?>("--restorer")
        {
            Description = "A model that is scored too, with all of its result and with the strength that follows from the estimate.",
            HelpName = "FILE|NAME",
        };
        var modelError = new Option<double?>("--model-error")
        {
            Description = "What the model changes in a clean picture, root mean square on [0, 255]; by default as the library.",
            HelpName = "E",
        };
        var limit = new Option<int?>("--limit") { Description = "Takes only the first N pictures by name.", HelpName = "N" };
        Option<int?> threads = CommonOptions.Threads();
        Option<string> backend = CommonOptions.Backend();
        QualityCommand.RequirePositive(limit);
        var command = new Command("noise", """
            Prints a table in Markdown of how well noise is estimated: for each kind of noise the true error of the pictures (root mean
            square), mean, least and largest estimate, mean correlations between channels and between neighbours, and the share of pictures
            with JPEG blocks; with --restorer also PSNR, of the mean squared error over all pictures, as they are, of the model's result and
            of the result at automatic strength.
            """)
        {
            images, kinds, restorer, modelError, limit, threads, backend,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = new EvaluationOptions
            {
                Task = "real",
                Images = result.GetRequiredValue(images).FullName,
                Restorers = [],
                Backend = result.GetRequiredValue(backend),
                Kinds = result.GetRequiredValue(kinds),
                Limit = result.GetValue(limit),
                Threads = result.GetValue(threads),
            };
            using IRestorer? model = result.GetValue(restorer) is { } name
                ? RestorerFactory.Create(name, options.Backend, options.Threads)
                : null;
            var run = new NoiseRun(options, model, result.GetValue(modelError), result.InvocationConfiguration.Output);
            await run.RunAsync(cancellationToken);
        });
        return command;
    }
}
