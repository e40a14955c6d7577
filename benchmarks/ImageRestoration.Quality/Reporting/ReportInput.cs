using System.Text.Json;
using ImageRestoration.Quality.Robustness;
using ImageRestoration.Quality.Suite;

namespace ImageRestoration.Quality.Reporting;

/// <summary>Rows of several files.</summary>
/// <param name="Scores">Rows of evaluations.</param>
/// <param name="Robustness">Rows of robustness checks.</param>
internal sealed record ReportInput(IReadOnlyList<EvaluationRow> Scores, IReadOnlyList<RobustnessRow> Robustness)
{
    /// <summary>Reads files of either kind; where two have a row in common, the later file's stands.</summary>
    public static ReportInput Read(IEnumerable<string> paths)
    {
        var store = RowStore.Open(path: null);
        var robustness = new Dictionary<(string, string), RobustnessRow>();
        foreach (string path in paths)
        {
            if (HoldsScores(path))
            {
                foreach (EvaluationRow row in EvaluationReport.ReadJson<EvaluationRow>(path))
                {
                    store.Put(row);
                }
            }
            else
            {
                foreach (RobustnessRow row in EvaluationReport.ReadJson<RobustnessRow>(path))
                {
                    robustness[(row.Model, row.Input)] = row;
                }
            }
        }

        return new(store.Rows, [.. robustness.Values]);
    }

    private static bool HoldsScores(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.EnumerateArray().Any(element => element.TryGetProperty("case", out _));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new QualityException($"'{path}' holds no rows: {e.Message} Give files that suite or robustness wrote.", e);
        }
    }
}
