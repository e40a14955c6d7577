using System.Globalization;
using System.Text;

namespace ImageRestoration.Quality.Reporting;

/// <summary>What models cost.</summary>
internal static class CostTable
{
    public static string ToMarkdown(IReadOnlyList<ScoreTable> tables)
    {
        var text = new StringBuilder("| model | task | kMAC per pixel | parameters | file, MB | megapixels per second |\n| --- | --- | ---: | ---: | ---: | ---: |\n");
        var models = tables.Where(table => !table.Entry.IsReal).SelectMany(table => table.Models.Select(rows => (table.Entry, Rows: rows))).GroupBy(pair => pair.Rows[0].Restorer, StringComparer.Ordinal);
        foreach (var model in models)
        {
            ModelFacts facts = model.First().Rows[0].Model!;

            // A grey picture costs a model for RGB what an RGB picture costs: its own speed is that on its own pictures.
            EvaluationRow[] rows = [.. model.Where(pair => !pair.Entry.Adapts(facts)).DefaultIfEmpty(model.First()).SelectMany(pair => pair.Rows)];
            double speed = rows.Sum(row => row.Megapixels) / rows.Sum(row => row.Seconds);
            text.Append(CultureInfo.InvariantCulture, $"| `{model.Key}` | {model.First().Entry.Options.Task} | {facts.MacsPerPixel / 1000:0} | {facts.Parameters:N0} | {facts.FileBytes / 1e6:0.0} | {speed:0.00} |\n");
        }

        return text.ToString();
    }
}
