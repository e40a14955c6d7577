using System.Globalization;
using System.Xml.Linq;
using ImageRestoration.Quality;
using ImageRestoration.Quality.Reporting;
using ImageRestoration.Quality.Robustness;
using ImageRestoration.Quality.Suite;

namespace ImageRestoration.Models.Tests.Quality.Reporting;

/// <summary>Pages, cards and plots are those of the checked-in rows, and the rows are those of the bundled models.</summary>
public sealed class ReportTests
{
    private const string Remedy = "Run the suite and robustness commands of docs/models.md where models changed, then: dotnet run -c Release --project benchmarks/ImageRestoration.Quality -- report benchmarks/results/models.json benchmarks/results/robustness.json benchmarks/results/real.json";

    private static readonly Lazy<ReportInput> CheckedIn = new(() => ReportInput.Read(
        [RepositoryFiles.Find("benchmarks/results/models.json"), RepositoryFiles.Find("benchmarks/results/robustness.json"), RepositoryFiles.Find("benchmarks/results/real.json")]));

    [Fact]
    public void Create_CheckedInRows_MakesTheCheckedInFiles()
    {
        IReadOnlyList<(string Path, string Content)> files = Report.Create(CheckedIn.Value, RepositoryFiles.Find("docs/models.md"), RepositoryFiles.Find("src/ImageRestoration.Models"));

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.Exists(file.Path) && File.ReadAllText(file.Path).ReplaceLineEndings("\n") == file.Content, $"'{file.Path}' is not what the rows say. {Remedy}"));
    }

    [Fact]
    public void Rows_OfBundledModels_AreOfTheirWeights()
    {
        Dictionary<string, string> bundled = PretrainedModels.All.ToDictionary(model => model.Name, model => ModelFacts.FingerprintOf(model.Load()), StringComparer.Ordinal);
        IEnumerable<(string Name, string Fingerprint)> rows = CheckedIn.Value.Scores.Where(row => row.Model is not null).Select(row => (row.Restorer, row.Model!.Fingerprint))
            .Concat(CheckedIn.Value.Scores.Where(row => row.Model?.GreyFingerprint is not null)
                .Select(row => (PretrainedModels.Find(row.Restorer).GreyModel!.Name, row.Model!.GreyFingerprint!)))
            .Concat(CheckedIn.Value.Robustness.Select(row => (row.Model, row.Fingerprint)))
            .Distinct();

        Assert.All(rows, row => Assert.True(bundled.GetValueOrDefault(row.Name) == row.Fingerprint, $"benchmarks/results has rows of other weights than the bundled '{row.Name}'. {Remedy}"));
    }

    [Fact]
    public void Rows_OverWholeFolders_AgreeWithTheScoresInModelFiles()
    {
        foreach (PretrainedModel model in PretrainedModels.All)
        {
            IReadOnlyDictionary<string, double> scores = model.Load().Info.Scores;
            foreach (EvaluationRow row in CheckedIn.Value.Scores.Where(row => row.Restorer == model.Name && row.Limit is null))
            {
                if (scores.TryGetValue(ScoreRecord.KeyOf(row), out double score))
                {
                    Assert.True(Math.Abs(score - row.Psnr) < 0.005, string.Create(CultureInfo.InvariantCulture, $"'{model.Name}' says {score} dB, benchmarks/results {row.Psnr} dB in {row.Images}, {row.Case}. Run the suite with --record, and renew SHA256SUMS."));
                }
            }
        }
    }

    [Fact]
    public void Robustness_CheckedInRows_HaveNoFailure() => Assert.All(CheckedIn.Value.Robustness, row => Assert.Empty(row.Failures));

    [Fact]
    public void Create_RowsOfAModel_PutsTableAndPlotIntoThePage()
    {
        EvaluationRow none = CreateRow("none", 20.5), model = CreateRow("my-model", 31.234) with { Model = new ModelFacts(3, 330_000, 25_000, 700_000, "0123") };
        var table = new ScoreTable(SuiteProtocol.Entries[0], [none, CreateRow("total-variation", 27), model]);

        string markdown = table.ToMarkdown();
        string svg = CostPlot.ToSvg(table)!;

        Assert.Contains("| CBSD68, 68 pictures | sigma 25 |", markdown);
        Assert.Contains("| **`my-model`** | 31.23 / 0.900 | 25 | 0.33 M |", markdown);
        Assert.Contains("| DRUNet (Zhang et al., 2021) | 31.69 | 2,118 | 32.60 M |", markdown);
        Assert.EndsWith("| the degraded pictures themselves | 20.50 / 0.900 | – | – |\n", markdown);
        Assert.Contains(XDocument.Parse(svg).Descendants(), element => element.Value == "my-model 31.23");
        Assert.DoesNotContain("20.5", svg);
    }

    [Fact]
    public void Create_RowsOverAPart_SaySoAndLeaveTheCard()
    {
        const string Card = "# my-model\n\n## Scores\n\nold\n\n## Limits\n\nnone\n";
        EvaluationRow whole = CreateRow("my-model", 31.234) with { Model = new ModelFacts(3, 330_000, 25_000, 700_000, "0123") }, part = whole with { Limit = 2, Count = 2 };
        ScoreTable partly = new(SuiteProtocol.Entries[0], [part]), wholly = new(SuiteProtocol.Entries[0], [whole, CreateRow("non-local-means", 26), CreateRow("total-variation", 27), CreateRow("none", 20.5)]);

        Assert.Contains("| the first 2 pictures of CBSD68 |", partly.ToMarkdown());
        Assert.Contains("DRUNet (Zhang et al., 2021); all pictures of CBSD68", partly.ToMarkdown());
        Assert.Equal(Card, CardScores.Rewrite(Card, "my-model", [partly]));
        string card = CardScores.Rewrite(Card, "my-model", [wholly]);
        Assert.StartsWith("# my-model\n\n## Scores\n\nPSNR in dB", card);
        Assert.Contains("| `my-model` | 31.23 |\n| the best classical method | 27.00 |\n| the degraded pictures themselves | 20.50 |\n", card);
        Assert.EndsWith("\n\n## Limits\n\nnone\n", card);
        Assert.DoesNotContain("old", card);
        Assert.Equal(card, CardScores.Rewrite(card, "my-model", [wholly]));
    }

    [Fact]
    public void Create_RowOfAModelWithTexture_IsNoClassicalMethod()
    {
        EvaluationRow model = CreateRow("my-model", 31) with { Model = new ModelFacts(3, 330_000, 25_000, 700_000, "0123") };
        var edges = new EdgeStatistics(0.75, 5, 0.6);
        EvaluationRow[] rows = [model, CreateRow("total-variation", 27), CreateRow("my-model+texture", 30) with { Edges = edges }];
        var table = new ScoreTable(SuiteProtocol.Entries[0], rows);

        Assert.Contains("| `my-model+texture` | 30.00 / 0.900 | – | – |", table.ToMarkdown());
        Assert.Contains("| `my-model+texture` | 0.75 / 5.0 / 0.60 |", table.EdgesToMarkdown());
        Assert.Contains("| the best classical method | 27.00 |", CardScores.Rewrite("## Scores\n\n## Limits\n", "my-model", [table]));
    }

    [Fact]
    public void Create_RowsOverDifferentPictures_Throws()
    {
        var e = Assert.Throws<QualityException>(() => new ScoreTable(SuiteProtocol.Entries[0], [CreateRow("none", 20), CreateRow("total-variation", 27) with { Count = 67 }]));

        Assert.Contains("68 and 67", e.Message);
    }

    [Fact]
    public void Rewrite_PartWithoutMarks_SaysWhichToAdd()
    {
        var parts = new Dictionary<string, string> { ["a"] = "table\n", ["b"] = "other\n" };

        Assert.Equal("x <!-- scores:a -->\ntable\n<!-- /scores --> <!-- scores:b -->\nother\n<!-- /scores --> y", MarkedPage.Rewrite("x <!-- scores:a -->\nold <!-- /scores --> <!-- scores:b -->\n<!-- /scores --> y", parts));
        Assert.Contains("scores:b", Assert.Throws<QualityException>(() => MarkedPage.Rewrite("<!-- scores:a -->\n<!-- /scores -->", parts)).Message);
    }

    [Fact]
    public void PublishedScores_All_BelongToTablesOfTheSuite()
        => Assert.Empty(PublishedScores.All.Select(score => score.Table).Except(SuiteProtocol.All.Select(entry => entry.Name)));

    [Fact]
    public void Describe_PhotographBelow40Decibels_IsBold()
    {
        var row = new RobustnessRow("my-model", "denoise", "0123", RobustnessInputs.Photographs, 4, [], 39.9, 0.2, null, null, null);

        Assert.Equal("**39.9 dB**", RobustnessTable.Describe(row));
        Assert.Equal("40.0 dB", RobustnessTable.Describe(row with { LeastPsnr = 40.01 }));
        Assert.StartsWith("**fails**: 1×1: ", RobustnessTable.Describe(row with { Failures = ["1×1: 3 values are not finite"] }));
    }

    private static EvaluationRow CreateRow(string restorer, double psnr)
        => new("denoise", "CBSD68", "sigma 25", 25, restorer, restorer == "total-variation" ? "classical" : "onnx", 68, psnr, 0.9, null, 20.5, 10.5, 20);
}
