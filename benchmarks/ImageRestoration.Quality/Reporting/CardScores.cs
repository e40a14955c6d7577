using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImageRestoration.Quality.Suite;

namespace ImageRestoration.Quality.Reporting;

/// <summary>The section of a model's card that states its scores.</summary>
internal static partial class CardScores
{
    private const string Heading = "## Scores";

    /// <summary>Puts a model's scores into its card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="tables">All tables.</param>
    /// <returns>The card, as it was where no scores over whole folders are known.</returns>
    public static string Rewrite(string card, string model, IEnumerable<ScoreTable> tables)
    {
        (ScoreTable Table, EvaluationRow[] Rows)[] own =
            [.. tables.Select(table => (table, table.Models.FirstOrDefault(rows => rows[0].Restorer == model && rows.All(row => row.Limit is null)))).Where(pair => pair.Item2 is not null).Select(pair => (pair.table, pair.Item2!))];
        if (own.Length == 0)
        {
            return card;
        }

        Match section = Section().Match(card);
        return section.Success
            ? $"{card[..section.Index]}{Heading}\n\n{Create(model, own)}\n{card[(section.Index + section.Length)..]}"
            : throw new QualityException($"The card of '{model}' has no section '{Heading}'. Add the heading where the scores are to stand.");
    }

    private static string Create(string model, (ScoreTable Table, EvaluationRow[] Rows)[] own)
    {
        var text = new StringBuilder();
        string task = own[0].Table.Entry.Options.Task;
        text.Append(CultureInfo.InvariantCulture, $"PSNR in dB, results rounded to 8 bits, mean over the pictures{NoteOn(task)}; {BackendName(own[0].Rows[0].Backend)} on the CPU, seed 0.\n");
        text.Append("docs/models.md of the repository states the protocol and compares with published methods. Renew:\n");
        text.Append(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project benchmarks/ImageRestoration.Quality -- suite --data DATA --models {model} --tasks {task} --json rows.json`{(own.Any(pair => pair.Table.Entry.IsReal) ? ", and with `--set real --tasks real`" : string.Empty)}.\n");
        foreach ((ScoreTable table, EvaluationRow[] rows) in own)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| {table.Pictures}, {(table.Entry.IsGrey ? "grey" : "RGB")} | {string.Join(" | ", table.Cases.Select(table.HeadingOf))} |\n");
            text.Append(CultureInfo.InvariantCulture, $"| --- |{string.Concat(table.Cases.Select(_ => " --- |"))}\n");
            Append($"`{model}`", caseName => ScoreTable.Find(rows, caseName)?.Psnr);
            Append("the best classical method", caseName => table.Classical.Select(classical => ScoreTable.Find(classical, caseName)?.Psnr).Max());
            Append("the degraded pictures themselves", caseName => ScoreTable.Find(table.Degraded, caseName)?.Psnr);

            void Append(string name, Func<string, double?> score)
                => text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", table.Cases.Select(score).Select(psnr => psnr?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–"))} |\n");
        }

        return text.ToString();
    }

    private static string NoteOn(string task) => task switch
    {
        "denoise" => ", noise not clipped",
        "deblock" => ", JPEG as libjpeg writes it, colour planes halved",
        "inpaint" => ", over the missing pixels",
        "brighten" => ", in pairs without the pixels that the bright picture clips",
        _ => string.Empty,
    };

    private static string BackendName(string backend) => backend switch
    {
        "onnx" => "ONNX Runtime",
        "torch" => "libtorch",
        _ => "the managed engine",
    };

    [GeneratedRegex(@"^## Scores\r?\n.*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Section();
}
