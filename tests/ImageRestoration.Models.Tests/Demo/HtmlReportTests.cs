using System.Text.RegularExpressions;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using RestorationDemo;
using RestorationDemo.Report;

namespace ImageRestoration.Models.Tests.Demo;

public sealed partial class HtmlReportTests
{
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
        Assert.Equal(3 * Photograph.Bundled.Count, Source().Count(html));
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

    private static string CreateReport()
    {
        Model model = TestModels.CreateUNet("tiny & new");
        var info = new RestorerInfo(model.Info.Name, RestorationTask.Denoise, 3, TakesMask: false, "OnnxRuntime", "cpu");
        DemoResult[] results = [.. Photograph.Bundled.Select(photograph => new DemoResult(photograph, 1000, 500)
        {
            Noisy = new Score(20.17, 0.4),
            Restored = new Score(31.5, 0.9),
            Time = TimeSpan.FromSeconds(1),
            OriginalJpeg = [1],
            NoisyJpeg = [2],
            RestoredJpeg = [3],
        })];
        return HtmlReport.Create(new DemoOptions("out", 25, 1, "tiny"), model, info, results);
    }

    [GeneratedRegex("\\bsrc=\"([^\"]*)\"")]
    private static partial Regex Source();
}
