using ImageRestoration;
using ImageRestoration.IO;
using ImageRestoration.Restoration;
using RestorationDemo;
using RestorationDemo.Report;
using Spectre.Console;

try
{
    return await DemoOptions.CreateCommand(RunAsync).Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled.");
    return 130;
}
catch (Exception e) when (e is ImageRestorationException or IOException or UnauthorizedAccessException or ArgumentException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}

static async Task RunAsync(DemoOptions options, CancellationToken cancellationToken)
{
    if (Console.IsOutputRedirected)
    {
        // A file has no width of its own, and nobody wants colour codes in it.
        AnsiConsole.Profile.Width = 160;
        AnsiConsole.Profile.Capabilities.Ansi = false;
    }

    using var demo = new Demo(options);
    Directory.CreateDirectory(options.Output);
    var pictures = new List<DemoPicture>();
    await AnsiConsole.Status().StartAsync("Preparing", async status =>
    {
        await demo.WarmUpAsync(cancellationToken);
        for (int i = 0; i < Photograph.Bundled.Count; i++)
        {
            status.Status(Markup.Escape($"Restoring {Photograph.Bundled[i].Title} ({i + 1} of {Photograph.Bundled.Count})"));
            pictures.Add(await demo.RunAsync(i, cancellationToken));
        }
    });

    string report = Path.GetFullPath(Path.Combine(options.Output, "report.html"));
    string html = HtmlReport.Create(options.Seed, [.. demo.Stages.Select(stage => new ReportedTask(stage.Task, stage.Model, stage.Restorer))], pictures);
    await AtomicFile.WriteAsync(report, async stream =>
    {
        await using var writer = new StreamWriter(stream, leaveOpen: true);
        await writer.WriteAsync(html.AsMemory(), cancellationToken);
    });

    AnsiConsole.Write(TerminalReport.CreateTable(pictures));
    foreach (DemoStage stage in demo.Stages)
    {
        RestorerInfo restorer = stage.Restorer;
        AnsiConsole.MarkupLineInterpolated($"{stage.Task.Name}: {stage.Task.What}; {restorer.Name} on {restorer.Backend}, {restorer.Device}.");
    }

    AnsiConsole.MarkupLineInterpolated($"Seed {options.Seed}. What is completed is scored where pixels were missing.");
    Console.WriteLine($"Pictures: {Path.GetDirectoryName(report)}");
    Console.WriteLine($"Report:   {report}");
}
