using System.Text.RegularExpressions;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using RestorationDemo;
using RestorationDemo.Report;
using Spectre.Console;

namespace ImageRestoration.Models.Tests.Demo;

public sealed partial class HtmlReportTests
{
    private static readonly IReadOnlyList<DemoTask> _tasks = DemoTask.CreateAll(new DemoOptions("out"));

    [Fact]
    public void Bundled_Photographs_AreExactlyThoseBesideTheProgram()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "photos")).Select(file => Path.GetFileName(file))];

        Assert.Equal(files.Order(StringComparer.Ordinal), Photograph.Bundled.Select(p => p.FileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Create_Results_NeedsNothingFromElsewhere()
    {
        string html = CreateReport();

        Assert.All(Source().Matches(html).Select(match => match.Groups[1].Value), source => Assert.StartsWith("data:image/jpeg;base64,", source, StringComparison.Ordinal));
        Assert.Equal((1 + (2 * _tasks.Count)) * Photograph.Bundled.Count, Source().Count(html));
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("{{", html);
    }

    [Fact]
    public void Create_Results_SaysScoresAttributionAndLicences()
    {
        string html = CreateReport();

        Assert.Contains(">20.17<", html);
        Assert.Contains(">+11.33<", html);
        Assert.Contains("tiny &amp; new", html);
        Assert.All(Photograph.Bundled, photograph =>
        {
            Assert.Contains(photograph.Author, html);
            Assert.Contains(photograph.LicenseUrl, html);
        });
    }

    [Fact]
    public void CreateTable_Results_HasARowForEachPhotographAndTask()
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 160;
        console.Write(TerminalReport.CreateTable(CreatePictures()));

        string[] rows = [.. text.ToString().Split('\n').Where(line => line.Contains(" dB", StringComparison.Ordinal))];
        Assert.Equal(Photograph.Bundled.SelectMany(photograph => _tasks.Select(task => $"{photograph.Title} {task.Name}")), rows.Select(row => string.Join(' ', row.Split('│', StringSplitOptions.TrimEntries)[1..3])));
        Assert.All(rows, row => Assert.Equal(!row.Contains("inpaint", StringComparison.Ordinal), row.Contains("+11.33 dB", StringComparison.Ordinal)));
    }

    private static string CreateReport()
    {
        Model model = TestModels.CreateUNet("tiny & new");
        var info = new RestorerInfo(model.Info.Name, RestorationTask.Denoise, 3, TakesMask: false, "OnnxRuntime", "cpu");
        return HtmlReport.Create(1, [.. _tasks.Select(task => new ReportedTask(task, model, info))], CreatePictures());
    }

    private static DemoPicture[] CreatePictures() => [.. Photograph.Bundled.Select(photograph => new DemoPicture(photograph, [.. _tasks.Select(task => new DemoResult(photograph, task)
    {
        Before = task.Task == RestorationTask.Inpaint ? null : new Score(20.17, 0.4),
        After = new Score(31.5, 0.9),
        Time = TimeSpan.FromSeconds(1),
        Megapixels = 0.5,
        BeforeJpeg = [1],
        AfterJpeg = [2],
    })])
    {
        Width = 1000,
        Height = 500,
        CuttingWidth = 640,
        CuttingHeight = 480,
        OriginalJpeg = [3],
    })];

    [GeneratedRegex("\\bsrc=\"([^\"]*)\"")]
    private static partial Regex Source();
}
