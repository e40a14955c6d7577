using System.Globalization;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using Spectre.Console;

namespace PhotoCommands;

/// <summary>Restores photographs, shows progress, and reports.</summary>
internal sealed class PhotoRun(IAnsiConsole console, PhotoRestorer photos, RestorerInfo restorer, string outputFolder)
{
    /// <summary>Whether the report says how noisy the photographs were, for which their files are read once more.</summary>
    public bool EstimatesNoise { get; init; }

    /// <summary>Runs to the end; a photograph that fails does not stop the others.</summary>
    /// <returns>What became of each photograph.</returns>
    public async Task<IReadOnlyList<PhotoOutcome>> RunAsync(IEnumerable<string> inputs, PhotoBatchOptions options, CancellationToken cancellationToken)
    {
        console.MarkupLineInterpolated($"{restorer.Name} on {restorer.Backend} ({restorer.Device})");
        List<PhotoOutcome> outcomes = [];
        try
        {
            await console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
                .StartAsync(async context =>
                {
                    ProgressTask task = context.AddTask("photographs");
                    await photos.RestoreAllAsync(inputs, outputFolder, options, new ProgressShower(task, outcomes), cancellationToken);
                });
        }
        finally
        {
            if (outcomes.Count > 0)
            {
                await ReportAsync(outcomes);
            }
        }

        return outcomes;
    }

    private async Task ReportAsync(List<PhotoOutcome> outcomes)
    {
        var table = new Table().AddColumns("Photograph", "Size", "Seconds", "MP/s", "Result");
        foreach (int column in new[] { 1, 2, 3 })
        {
            table.Columns[column].RightAligned().NoWrap();
        }

        foreach (PhotoOutcome outcome in outcomes.OrderBy(outcome => outcome.Input, StringComparer.Ordinal))
        {
            table.AddRow([
                new Text(Path.GetFileName(outcome.Input)),
                .. Numbers(outcome.Result).Select(number => new Text(number)),
                outcome.Error is null ? new Text(Path.GetRelativePath(outputFolder, outcome.Output)) : new Text(outcome.Error.Message, new Style(Color.Red)),
            ]);
        }

        console.Write(table);
        foreach (PhotoOutcome outcome in EstimatesNoise ? outcomes.Where(outcome => outcome.Result is not null) : [])
        {
            console.WriteLine($"{Path.GetFileName(outcome.Input)}: {await DescribeNoiseAsync(outcome.Input)}");
        }

        PhotoResult[] restored = [.. outcomes.Select(outcome => outcome.Result).OfType<PhotoResult>()];
        double megapixels = restored.Sum(result => result.Megapixels);
        double seconds = restored.Sum(result => result.TotalTime.TotalSeconds);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{restored.Length} restored, {outcomes.Count - restored.Length} failed; {megapixels:F1} megapixels in {seconds:F1} s, files included. Results are in {outputFolder}"));
    }

    /// <summary>Level on [0, 255], what channels share of it, JPEG's blocks, and how much of the restored picture follows.</summary>
    private static async Task<string> DescribeNoiseAsync(string file)
    {
        using ImageTensor photograph = await ImageFile.LoadAsync(file);
        NoiseEstimate estimate = NoiseEstimate.Of(photograph);
        (double level, double correlation) = (estimate.Level, estimate.ChannelCorrelation);
        string blocks = estimate.HasJpegBlocks ? FormattableString.Invariant($", JPEG blocks {estimate.Blocking:F1}") : string.Empty;
        return FormattableString.Invariant(
            $"noise {level:F1}, channels' correlation {correlation:F2}{blocks}; strength {estimate.StrengthFor():F2}");
    }

    private static string[] Numbers(PhotoResult? result)
        => result is null
            ? ["", "", ""]
            : [
                $"{result.Width}×{result.Height}",
                result.TotalTime.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture),
                (result.Megapixels / result.TotalTime.TotalSeconds).ToString("F2", CultureInfo.InvariantCulture),
            ];

    /// <summary>Is called for one photograph at a time, before the next one is reported; <see cref="Progress{T}"/> would come later.</summary>
    private sealed class ProgressShower(ProgressTask task, List<PhotoOutcome> outcomes) : IProgress<PhotoProgress>
    {
        public void Report(PhotoProgress value)
        {
            outcomes.Add(value.Last);
            task.Description = Markup.Escape(Path.GetFileName(value.Last.Input));
            task.MaxValue = value.Total;
            task.Value = value.Done;
        }
    }
}
