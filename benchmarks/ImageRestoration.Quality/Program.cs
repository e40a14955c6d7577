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
            Console.Error.WriteLine("Cancelled; nothing incomplete was written.");
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
            foreach (string name in options.Restorers)
            {
                ScoreRecord.ThrowIfNoModelFile(name);
            }
        }

        var evaluator = new Evaluator(options);
        var rows = new List<EvaluationRow>();
        var restorers = new List<IRestorer>();
        try
        {
            // All of them first: a wrong name is found before hours of work, not after.
            restorers.AddRange(options.Restorers.Select(name => RestorerFactory.Create(name, options.Backend, options.Threads)));
            for (int i = 0; i < restorers.Count; i++)
            {
                await EvaluateAsync(evaluator, options.Restorers[i], restorers[i], rows, cancellationToken);
            }
        }
        finally
        {
            restorers.ForEach(restorer => restorer.Dispose());
        }

        if (Console.IsOutputRedirected)
        {
            // A file has no width of its own, and nobody wants colour codes in it.
            AnsiConsole.Profile.Width = RedirectedWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        AnsiConsole.Write(EvaluationReport.CreateTable(rows));
        AnsiConsole.MarkupLineInterpolated($"Seed {options.Seed}; {EvaluationTask.Find(options.Task).Note}; results rounded to 8 bits; means over the pictures.");
        if (json is not null)
        {
            EvaluationReport.WriteJson(json.FullName, rows);
            AnsiConsole.MarkupLineInterpolated($"Rows written to {json.FullName}");
        }

        if (options.Record)
        {
            foreach (string name in options.Restorers)
            {
                ScoreRecord.Write(name, rows.Where(row => row.Restorer == name));
                AnsiConsole.MarkupLineInterpolated($"Scores written into {name}");
            }
        }

        return 0;
    }

    /// <summary>Runs all cases, with bars on the error stream where that is a terminal.</summary>
    private static async Task EvaluateAsync(Evaluator evaluator, string name, IRestorer restorer, List<EvaluationRow> rows, CancellationToken cancellationToken)
    {
        if (Console.IsErrorRedirected)
        {
            foreach (EvaluationCase evaluationCase in evaluator.Cases)
            {
                rows.Add(await evaluator.RunAsync(evaluationCase, name, restorer, progress: null, cancellationToken));
            }

            return;
        }

        await AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                foreach (EvaluationCase evaluationCase in evaluator.Cases)
                {
                    ProgressTask bar = context.AddTask(Markup.Escape($"{name}: {evaluationCase.Name}"), maxValue: evaluator.ImageCount);
                    rows.Add(await evaluator.RunAsync(evaluationCase, name, restorer, new BarProgress(bar), cancellationToken));
                }
            });
    }

    /// <summary>Reports at once, on the thread that worked; the bar is safe for that.</summary>
    private sealed class BarProgress(ProgressTask bar) : IProgress<int>
    {
        public void Report(int value) => bar.Value = value;
    }
}
