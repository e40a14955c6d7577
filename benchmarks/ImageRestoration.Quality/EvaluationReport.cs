using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImageRestoration.IO;
using Spectre.Console;

namespace ImageRestoration.Quality;

/// <summary>Shows rows as a table and writes them as JSON.</summary>
internal static class EvaluationReport
{
    // Two identical pictures have an infinite PSNR, which JSON has no number for.
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A table of rows that have task and pictures in common.</summary>
    public static Table CreateTable(IReadOnlyList<EvaluationRow> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        EvaluationRow first = rows[0];
        table.Title(Markup.Escape($"{first.Task}: {first.Count} pictures of {first.Images}"));
        foreach (string heading in new[] { "restorer", "backend", "case" })
        {
            table.AddColumn(new TableColumn(heading).NoWrap());
        }

        foreach (string heading in new[] { "PSNR dB", "gain dB", "SSIM", "MS-SSIM", "megapixels", "seconds", "MP/s" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        foreach (EvaluationRow row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Restorer),
                row.Backend,
                Markup.Escape(row.Case),
                Text($"{row.Psnr:F2}"),
                double.IsFinite(row.Psnr - row.InputPsnr) ? Text($"{row.Psnr - row.InputPsnr:+0.00;-0.00;0.00}") : "–",
                Text($"{row.Ssim:F4}"),
                row.MsSsim is { } msSsim ? Text($"{msSsim:F4}") : "–",
                Text($"{row.Megapixels:F2}"),
                Text($"{row.Seconds:F2}"),
                row.Seconds > 0 ? Text($"{row.Megapixels / row.Seconds:F3}") : "–");
        }

        return table;
    }

    public static string ToJson<T>(IReadOnlyList<T> rows) => JsonSerializer.Serialize(rows, JsonOptions);

    public static void WriteJson<T>(string path, IReadOnlyList<T> rows)
        => AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(ToJson(rows));
            writer.Write('\n');
        });

    /// <summary>Reads rows back.</summary>
    /// <exception cref="QualityException">The file holds something else.</exception>
    public static IReadOnlyList<T> ReadJson<T>(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<T[]>(stream, JsonOptions) ?? [];
        }
        catch (JsonException e)
        {
            throw new QualityException($"'{path}' holds no rows of an evaluation: {e.Message} Give a file that --json wrote.", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
