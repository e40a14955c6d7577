using ImageRestoration.Quality.Robustness;
using ImageRestoration.Quality.Suite;

namespace ImageRestoration.Quality.Reporting;

/// <summary>Makes pages, cards and plots of rows.</summary>
internal static class Report
{
    private const string ImageFolder = "images";

    /// <summary>Makes all files, a pure function of the rows and of what the files hold outside of their generated parts.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="page">The page; tables go between <c>&lt;!-- scores:NAME --&gt;</c> and <c>&lt;!-- /scores --&gt;</c>, plots into the folder images beside it.</param>
    /// <param name="cards">Folder of the models' folders; models that have none there are left out.</param>
    public static IReadOnlyList<(string Path, string Content)> Create(ReportInput input, string page, string cards)
    {
        ScoreTable[] tables = [.. SuiteProtocol.All.Select(entry => new ScoreTable(entry, input.Scores)).Where(table => !table.IsEmpty)];
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var files = new List<(string Path, string Content)>();
        foreach (ScoreTable table in tables)
        {
            string part = table.ToMarkdown(), file = $"quality-{table.Entry.Name}.svg";
            if (CostPlot.ToSvg(table) is { } plot)
            {
                files.Add((Path.Combine(Path.GetDirectoryName(page)!, ImageFolder, file), plot));
                part += $"\n![{table.Entry.Title}: quality against cost]({ImageFolder}/{file})\n";
            }

            parts.Add(table.Entry.Name, part);
            if (table.EdgesToMarkdown() is { } edges)
            {
                parts.Add($"{table.Entry.Name}-edges", edges);
            }
        }

        if (tables.Length > 0)
        {
            parts.Add("models", CostTable.ToMarkdown(tables));
        }

        if (input.Robustness.Count > 0)
        {
            parts.Add("robustness", RobustnessTable.Create(input.Robustness));
        }

        files.Insert(0, (page, MarkedPage.Rewrite(Read(page), parts)));
        foreach (string model in tables.SelectMany(table => table.Models).Select(rows => rows[0].Restorer).Distinct())
        {
            string card = Path.Combine(cards, model, "card.md");
            if (File.Exists(card))
            {
                files.Add((card, CardScores.Rewrite(Read(card), model, tables)));
            }
        }

        return files;
    }

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");
}
