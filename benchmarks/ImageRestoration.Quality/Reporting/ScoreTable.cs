using System.Globalization;
using System.Text;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Suite;

namespace ImageRestoration.Quality.Reporting;

/// <summary>The rows of one table of the suite, and what follows from them.</summary>
internal sealed class ScoreTable
{
    private static readonly Dictionary<string, string> Headings = new(StringComparer.Ordinal)
    {
        [SuiteProtocol.MaskFolder] = "brush strokes",
        ["points"] = "points, 80 %",
    };

    private readonly IReadOnlyList<EvaluationRow> _rows;

    /// <summary>Picks the table's rows.</summary>
    /// <exception cref="QualityException">Rows of one case are over different pictures, so they cannot stand in one column.</exception>
    public ScoreTable(SuiteEntry entry, IEnumerable<EvaluationRow> rows)
    {
        Entry = entry;
        _rows = [.. rows.Where(entry.Holds)];
        Cases = [.. _rows.Select(row => row.Case).Distinct()];
        foreach (IGrouping<string, EvaluationRow> column in _rows.GroupBy(row => row.Case, StringComparer.Ordinal))
        {
            if (column.Select(row => (row.Count, row.Limit)).Distinct().Count() > 1)
            {
                throw new QualityException($"Rows of table '{entry.Name}', case '{column.Key}', are over {string.Join(" and ", column.Select(row => row.Count).Distinct())} pictures. Run the suite with --again and one --limit for all.");
            }
        }
    }

    public SuiteEntry Entry { get; }

    /// <summary>Names of the cases, in the order of the rows.</summary>
    public IReadOnlyList<string> Cases { get; }

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Rows of models, the costly ones first, a list for each.</summary>
    public IReadOnlyList<EvaluationRow[]> Models
        => [.. _rows.Where(row => row.Model is not null).GroupBy(row => row.Restorer, StringComparer.Ordinal).Select(group => group.ToArray()).OrderByDescending(rows => rows[0].Model!.MacsPerPixel).ThenBy(rows => rows[0].Restorer, StringComparer.Ordinal)];

    /// <summary>Rows of methods without a model, a list for each.</summary>
    public IReadOnlyList<EvaluationRow[]> Classical => Group(row => row.Model is null && row.Restorer != RestorerFactory.None && !IsTextured(row));

    /// <summary>Rows of models with texture added, a list for each.</summary>
    public IReadOnlyList<EvaluationRow[]> Textured => Group(IsTextured);

    /// <summary>Rows of the degraded pictures.</summary>
    public EvaluationRow[] Degraded => [.. _rows.Where(row => row.Restorer == RestorerFactory.None)];

    /// <summary>What others report of the same cases; of other pictures, where only a part was taken here.</summary>
    public IEnumerable<PublishedScore> Published => PublishedScores.All
        .Where(score => score.Table == Entry.Name)
        .Select(score => _rows[0].Limit is null ? score : score with { OtherPictures = score.OtherPictures ?? $"all pictures of {Entry.Options.Images}" });

    /// <summary>What the scores are means over.</summary>
    public string Pictures
    {
        get
        {
            int count = _rows.Max(row => row.Count);
            return _rows[0].Limit is null ? Invariant($"{Entry.Options.Images}, {count} pictures") : Invariant($"the first {count} pictures of {Entry.Options.Images}");
        }
    }

    /// <summary>The score of a case; null where it was not measured.</summary>
    public static EvaluationRow? Find(IEnumerable<EvaluationRow> rows, string caseName) => rows.FirstOrDefault(row => row.Case == caseName);

    /// <summary>What a column is called.</summary>
    public string HeadingOf(string caseName)
    {
        string heading = Headings.GetValueOrDefault(caseName, caseName);
        int count = Find(_rows, caseName)!.Count;
        return count == _rows.Max(row => row.Count) ? heading : Invariant($"{heading} ({count} pictures)");
    }

    /// <summary>The table in Markdown: PSNR in dB and SSIM.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {Pictures} | {string.Join(" | ", Cases.Select(HeadingOf))} | kMAC per pixel | parameters |\n");
        text.Append(CultureInfo.InvariantCulture, $"| --- |{string.Concat(Cases.Select(_ => " ---: |"))} ---: | ---: |\n");
        foreach (EvaluationRow[] rows in Models)
        {
            ModelFacts facts = rows[0].Model!;
            string way = Entry.Adapts(facts) ? ", three equal planes" : Entry.IsRouted ? ", with its model for grey" : string.Empty;
            string name = $"**`{rows[0].Restorer}`**{way}";
            Append(text, name, caseName => Cell(Find(rows, caseName)), facts.MacsPerPixel, facts.Parameters);
        }

        foreach (EvaluationRow[] rows in Textured)
        {
            Append(text, NameOf(rows[0]), caseName => Cell(Find(rows, caseName)));
        }

        foreach (PublishedScore score in Published)
        {
            Append(text, $"{score.Method} ({score.Source}){(score.OtherPictures is { } other ? $"; {other}" : string.Empty)}", caseName => score.Scores.TryGetValue(caseName, out (double Psnr, double? Ssim) value) ? Cell(value.Psnr, value.Ssim) : "–", score.MacsPerPixel, score.Parameters);
        }

        foreach (EvaluationRow[] rows in Classical)
        {
            Append(text, NameOf(rows[0]), caseName => Cell(Find(rows, caseName)));
        }

        Append(text, "the degraded pictures themselves", caseName => Cell(Find(Degraded, caseName)));
        return text.ToString();
    }

    /// <summary>How much structure completed parts have: sharpness, distance of the gradients' sizes and seam; null where no row says.</summary>
    public string? EdgesToMarkdown()
    {
        EvaluationRow[][] all = [.. Models, .. Textured, .. Classical.OrderBy(rows => rows[0].Restorer, StringComparer.Ordinal)];
        if (!all.Any(rows => rows.Any(row => row.Edges is not null)))
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| {Pictures} | {string.Join(" | ", Cases.Select(HeadingOf))} |\n| --- |{string.Concat(Cases.Select(_ => " ---: |"))}\n");
        foreach (EvaluationRow[] rows in all)
        {
            string name = rows[0].Model is null ? NameOf(rows[0]) : $"**`{rows[0].Restorer}`**";
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", Cases.Select(caseName => Cell(Find(rows, caseName)?.Edges)))} |\n");
        }

        return text.ToString();

        static string Cell(EdgeStatistics? edges) => edges is { } known ? Invariant($"{known.Sharpness:0.00} / {known.Distance:0.0} / {known.Seam:0.00}") : "–";
    }

    /// <summary>What a method without a model is called.</summary>
    public static string NameOf(EvaluationRow row) => row.Restorer switch
    {
        "opencv-telea:3" => "OpenCV, Telea, radius 3",
        "opencv-navier-stokes:3" => "OpenCV, Navier–Stokes, radius 3",
        var name when name.StartsWith(OpenCvRestorer.NonLocalMeans, StringComparison.Ordinal)
            => $"OpenCV, non-local means, h = {name[OpenCvRestorer.NonLocalMeans.Length..]}",
        _ => $"`{row.Restorer}`",
    };

    private static bool IsTextured(EvaluationRow row) => row.Restorer.EndsWith(RestorerFactory.WithTexture, StringComparison.Ordinal);

    private static string Cell(EvaluationRow? row) => row is null ? "–" : Cell(row.Psnr, row.Ssim);

    private static string Cell(double psnr, double? ssim) => ssim is null ? Invariant($"{psnr:0.00}") : Invariant($"{psnr:0.00} / {ssim:0.000}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private EvaluationRow[][] Group(Func<EvaluationRow, bool> belongs)
        => [.. _rows.Where(belongs).GroupBy(row => row.Restorer, StringComparer.Ordinal).Select(group => group.ToArray())];

    private void Append(StringBuilder text, string name, Func<string, string> cell, double? macsPerPixel = null, long? parameters = null)
        => text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", Cases.Select(cell))} | {(macsPerPixel is { } macs ? Invariant($"{macs / 1000:N0}") : "–")} | {(parameters is { } count ? Invariant($"{count / 1e6:0.00} M") : "–")} |\n");
}
