using System.Globalization;
using System.Text;

namespace ImageRestoration.Quality.Robustness;

/// <summary>Shows rows to people.</summary>
internal static class RobustnessTable
{
    /// <summary>What a clean photograph should come back at.</summary>
    public const double CleanPsnr = 40;

    private const double Exact = 1e-7;

    /// <summary>A Markdown table with a column for each model.</summary>
    public static string Create(IReadOnlyList<RobustnessRow> rows)
    {
        string[] models = [.. rows.Select(row => row.Model).Distinct()];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| input | {string.Join(" | ", models.Select(model => $"`{model}`"))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- |{string.Concat(models.Select(_ => " --- |"))}\n");
        foreach (string input in RobustnessInputs.Create([]).Select(input => input.Name).Where(name => rows.Any(row => row.Input == name)))
        {
            IEnumerable<string> cells = models.Select(model => rows.FirstOrDefault(row => row.Model == model && row.Input == input) is { } row ? Describe(row) : "–");
            text.Append(CultureInfo.InvariantCulture, $"| {input} | {string.Join(" | ", cells)} |\n");
        }

        return text.ToString();
    }

    /// <summary>What happened, in a few words.</summary>
    public static string Describe(RobustnessRow row)
    {
        if (row.Failures.Count > 0)
        {
            return $"**fails**: {string.Join("; ", row.Failures)}";
        }

        if (row.Levels is { } levels)
        {
            return Invariant($"{levels:N0} levels, largest step {row.LargestStep:0.00}/255");
        }

        bool isPhotograph = row.Input is RobustnessInputs.Photographs or RobustnessInputs.HalfSize;
        return row switch
        {
            { MaxDeviation: < Exact } => "identical",
            { LeastPsnr: { } psnr } when isPhotograph => psnr < CleanPsnr ? Invariant($"**{psnr:0.0} dB**") : Invariant($"{psnr:0.0} dB"),
            { LeastPsnr: { } psnr, MaxDeviation: { } deviation } => Invariant($"{psnr:0.0} dB, at most {deviation:0.000}"),
            { Brightness: { } brightness } => Invariant($"{brightness:+0.000;−0.000;0}"),
            _ => "in range",
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
