using System.Collections.Frozen;
using System.Text.Json;

namespace ImageRestoration.TorchSharp;

/// <summary>Reads the lines of a <see cref="TrainingLog"/>, and where each ends.</summary>
internal static class TrainingLogReader
{
    /// <summary>All complete lines; what follows the last line break was torn off when the run was killed.</summary>
    internal static List<(TrainingProgress Entry, long End)> Read(string path)
    {
        byte[] bytes;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }

        var lines = new List<(TrainingProgress Entry, long End)>();
        double? psnr = null;
        int start = 0, length;
        while ((length = bytes.AsSpan(start).IndexOf((byte)'\n')) >= 0)
        {
            try
            {
                TrainingProgress entry = Parse(bytes.AsMemory(start, length), psnr);
                start += length + 1;
                psnr = entry.ValidationPsnr;
                lines.Add((entry, start));
            }
            catch (Exception e) when (
                e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                throw TrainerErrors.LogUnreadable(lines.Count + 1, path, e);
            }
        }

        return lines;
    }

    private static TrainingProgress Parse(ReadOnlyMemory<byte> line, double? latestPsnr)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement entry = document.RootElement;
        bool validated = entry.TryGetProperty("validationPsnr", out JsonElement psnr);
        return new TrainingProgress(
            entry.GetProperty("step").GetInt64(),
            entry.GetProperty("steps").GetInt64(),
            Number("epoch"),
            Number("loss"),
            Number("learningRate"),
            Number("gradientNorm"),
            entry.GetProperty("patchSize").GetInt32(),
            Number("patchesPerSecond"),
            Number("dataWaitShare"),
            validated ? Value(psnr) : latestPsnr,
            validated,
            TimeSpan.FromSeconds(Number("elapsed")),
            TimeSpan.FromSeconds(Number("remaining")))
        {
            Terms = entry.TryGetProperty("terms", out JsonElement terms)
                ? terms.EnumerateObject().ToFrozenDictionary(term => term.Name, term => Value(term.Value), StringComparer.Ordinal)
                : FrozenDictionary<string, double>.Empty,
        };

        double Number(string name) => Value(entry.GetProperty(name));
    }

    /// <summary>A number, or the text that stands for one that is not finite.</summary>
    private static double Value(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return element.GetDouble();
        }

        return element.GetString() switch
        {
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            "NaN" => double.NaN,
            string text => throw new FormatException($"'{text}' is no number."),
            null => throw new FormatException("A number is missing."),
        };
    }
}
