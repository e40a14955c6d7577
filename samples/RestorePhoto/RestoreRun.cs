using System.Globalization;
using ImageRestoration;
using ImageRestoration.ImageSharp;
using ImageRestoration.Restoration;
using Spectre.Console;

namespace RestorePhoto;

/// <summary>Restores the planned photographs one after another, shows progress, and reports.</summary>
internal sealed class RestoreRun(IAnsiConsole console, IRestorer restorer, string outputFolder)
{
    /// <summary>Runs the plan to its end; a photograph that fails does not stop the others.</summary>
    /// <returns>Whether every photograph was restored.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<PlannedPhoto> plan, CancellationToken cancellationToken)
    {
        console.MarkupLineInterpolated($"{restorer.Info.Name} on {restorer.Info.Backend} ({restorer.Info.Device}), {plan.Count} photograph(s)");
        List<Outcome> outcomes = [];
        try
        {
            await console.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
                .StartAsync(async context =>
                {
                    ProgressTask progress = context.AddTask("photographs", maxValue: plan.Count);
                    using var photos = new PhotoRestorer(restorer, leaveOpen: true);
                    foreach (PlannedPhoto photo in plan)
                    {
                        progress.Description = Markup.Escape(Path.GetFileName(photo.Input));
                        outcomes.Add(await RestoreAsync(photos, photo, cancellationToken));
                        progress.Increment(1);
                    }
                });
        }
        finally
        {
            Report(outcomes);
        }

        return outcomes.TrueForAll(outcome => outcome.Result is not null);
    }

    private static async Task<Outcome> RestoreAsync(PhotoRestorer photos, PlannedPhoto photo, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (photo.Fault is not null)
        {
            return new Outcome(photo, null, photo.Fault);
        }

        try
        {
            return new Outcome(photo, await photos.RestoreAsync(photo.Input, photo.Output, cancellationToken: cancellationToken), null);
        }
        catch (ImageRestorationException exception)
        {
            return new Outcome(photo, null, exception.Message);
        }
    }

    private void Report(List<Outcome> outcomes)
    {
        var table = new Table().AddColumns("Photograph", "Size", "Seconds", "MP/s", "Result");
        foreach (int column in new[] { 1, 2, 3 })
        {
            table.Columns[column].RightAligned().NoWrap();
        }

        foreach (Outcome outcome in outcomes)
        {
            table.AddRow([
                new Text(Path.GetFileName(outcome.Photo.Input)),
                .. Numbers(outcome.Result).Select(number => new Text(number)),
                outcome.Fault is null ? new Text(Path.GetRelativePath(outputFolder, outcome.Photo.Output)) : new Text(outcome.Fault, new Style(Color.Red)),
            ]);
        }

        if (outcomes.Count > 0)
        {
            console.Write(table);
        }

        PhotoResult[] restored = [.. outcomes.Select(outcome => outcome.Result).OfType<PhotoResult>()];
        double megapixels = restored.Sum(result => result.Megapixels);
        double seconds = restored.Sum(result => result.TotalTime.TotalSeconds);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{restored.Length} restored, {outcomes.Count - restored.Length} failed; {megapixels:F1} megapixels in {seconds:F1} s, files included. Results are in {outputFolder}"));
    }

    private static string[] Numbers(PhotoResult? result)
        => result is null
            ? ["", "", ""]
            : [
                $"{result.Width}×{result.Height}",
                result.TotalTime.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture),
                (result.Megapixels / result.TotalTime.TotalSeconds).ToString("F2", CultureInfo.InvariantCulture),
            ];

    private sealed record Outcome(PlannedPhoto Photo, PhotoResult? Result, string? Fault);
}
