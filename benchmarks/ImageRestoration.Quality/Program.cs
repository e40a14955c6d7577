using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;
using Spectre.Console;

namespace ImageRestoration.Quality;

internal static class Program
{
    private const int Failed = 1;
    private const int Cancelled = 130;
    private const int RedirectedWidth = 200;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await new QualityCommand(RunAsync).Root.Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled; nothing was written.");
            return Cancelled;
        }
        catch (Exception e) when (e is QualityException or ImageRestorationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return Failed;
        }
    }

    private static async Task<int> RunAsync(EvaluationOptions options, FileInfo? json, CancellationToken cancellationToken)
    {
        if (options.Record)
        {
            ScoreRecord.ThrowIfNoModelFile(options.Restorer);
        }

        var evaluator = new Evaluator(options);
        using IRestorer restorer = RestorerFactory.Create(options.Restorer, options.Backend, options.Threads);
        List<EvaluationRow> rows = await EvaluateAsync(evaluator, restorer, cancellationToken);
        if (Console.IsOutputRedirected)
        {
            // A file has no width of its own, and nobody wants colour codes in it.
            AnsiConsole.Profile.Width = RedirectedWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        AnsiConsole.Write(EvaluationReport.CreateTable(rows));
        AnsiConsole.MarkupLineInterpolated($"Seed {options.Seed}; noise not clipped, results rounded to 8 bits; means over the pictures.");
        if (json is not null)
        {
            EvaluationReport.WriteJson(json.FullName, rows);
            AnsiConsole.MarkupLineInterpolated($"Rows written to {json.FullName}");
        }

        if (options.Record)
        {
            ScoreRecord.Write(options.Restorer, rows);
            AnsiConsole.MarkupLineInterpolated($"Scores written into {options.Restorer}");
        }

        return 0;
    }

    /// <summary>Runs all cases, with bars on the error stream where that is a terminal.</summary>
    private static async Task<List<EvaluationRow>> EvaluateAsync(Evaluator evaluator, IRestorer restorer, CancellationToken cancellationToken)
    {
        var rows = new List<EvaluationRow>();
        if (Console.IsErrorRedirected)
        {
            foreach (EvaluationCase evaluationCase in evaluator.Cases)
            {
                rows.Add(await evaluator.RunAsync(evaluationCase, restorer, progress: null, cancellationToken));
            }

            return rows;
        }

        await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                foreach (EvaluationCase evaluationCase in evaluator.Cases)
                {
                    ProgressTask bar = context.AddTask(Markup.Escape(evaluationCase.Name), maxValue: evaluator.PictureCount);
                    rows.Add(await evaluator.RunAsync(evaluationCase, restorer, new BarProgress(bar), cancellationToken));
                }
            });
        return rows;
    }

    /// <summary>Reports at once, on the thread that worked; the bar is safe for that.</summary>
    private sealed class BarProgress(ProgressTask bar) : IProgress<int>
    {
        public void Report(int value) => bar.Value = value;
    }
}
