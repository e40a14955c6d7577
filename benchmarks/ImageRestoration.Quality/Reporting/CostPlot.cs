using System.Globalization;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Quality.Reporting;

/// <summary>Draws quality against cost as SVG: models as points, methods without a model as lines.</summary>
internal sealed class CostPlot
{
    private const double Width = 820, Height = 460, Left = 76, Right = Width - 28, Top = 70, Bottom = Height - 58;
    private const double LineHeight = 15, CharacterWidth = 7;
    private const double LeastCost = 8, MostCost = 4000;
    private const string OwnColor = "#0969da", PublishedColor = "#cf5c00";

    private readonly SvgCanvas _canvas;
    private readonly ChartAxis _cost;
    private readonly ChartAxis _psnr;
    private readonly List<(double Left, double Right, double Y)> _labels = [];

    private CostPlot(SvgCanvas canvas, IReadOnlyList<Mark> marks)
    {
        _canvas = canvas;
        double[] costs = [.. marks.Where(mark => mark.Cost is not null).Select(mark => mark.Cost!.Value)];
        _cost = new ChartAxis(costs.Append(LeastCost).Min(), costs.Append(MostCost).Max(), Left, Right, IsLogarithmic: true);
        _psnr = ChartAxis.Around(marks.Min(mark => mark.Psnr), marks.Max(mark => mark.Psnr), Bottom, Top, isLogarithmic: false);
    }

    /// <summary>Draws a table's main case; null where no model was measured in it.</summary>
    public static string? ToSvg(ScoreTable table)
    {
        Mark[] marks = [.. MarksOf(table)];
        if (!marks.Any(mark => mark.Color == OwnColor))
        {
            return null;
        }

        string title = $"{table.Entry.Title}: {table.Entry.MainCase}";
        return SvgCanvas.ToText(Width, Height, title, canvas => new CostPlot(canvas, marks).Draw(title, table.Pictures, marks));
    }

    private static IEnumerable<Mark> MarksOf(ScoreTable table)
    {
        string main = table.Entry.MainCase;

        // A model for RGB that takes grey pictures stands in the table; beside models for grey it would stretch the scale.
        bool hasOwn = table.Models.Any(rows => !table.Entry.Adapts(rows[0].Model!));
        foreach (EvaluationRow[] rows in table.Models.Where(rows => !hasOwn || !table.Entry.Adapts(rows[0].Model!)))
        {
            if (ScoreTable.Find(rows, main) is { } row)
            {
                yield return new(row.Restorer, row.Psnr, row.Model!.MacsPerPixel / 1000, OwnColor);
            }
        }

        foreach (PublishedScore score in table.Published.Where(score => score.OtherPictures is null && score.Scores.ContainsKey(main)))
        {
            yield return new(score.Method, score.Scores[main].Psnr, score.MacsPerPixel / 1000, PublishedColor);
        }

        foreach (EvaluationRow[] rows in table.Classical)
        {
            if (ScoreTable.Find(rows, main) is { } row)
            {
                yield return new(ScoreTable.NameOf(row).Trim('`'), row.Psnr, Cost: null, SvgCanvas.Faint);
            }
        }
    }

    private void Draw(string title, string pictures, IReadOnlyList<Mark> marks)
    {
        _canvas.Text(Left, 30, title, SvgCanvas.Ink, "start", ("font-size", "19"), ("font-weight", "600"));
        _canvas.Text(Left, 51, $"{pictures} · blue: models of this library, orange: published, grey: classical · lines: cost not stated", SvgCanvas.Faint, "start");
        foreach (double tick in _cost.Ticks(8))
        {
            double x = _cost.PositionOf(tick);
            _canvas.Line(x, Top, x, Bottom, SvgCanvas.Grid);
            _canvas.Text(x, Bottom + 20, ChartAxis.Label(tick), SvgCanvas.Faint, "middle");
        }

        foreach (double tick in _psnr.Ticks(7))
        {
            double y = _psnr.PositionOf(tick);
            _canvas.Line(Left, y, Right, y, SvgCanvas.Grid);
            _canvas.Text(Left - 8, y + 4, ChartAxis.Label(tick), SvgCanvas.Faint, "end");
        }

        _canvas.Frame(Left, Top, Right, Bottom);
        _canvas.Text((Left + Right) / 2, Height - 16, "thousand multiply–accumulate operations per pixel (log scale)", SvgCanvas.Ink, "middle");
        _canvas.AxisTitle(22, (Top + Bottom) / 2, "PSNR in dB", SvgCanvas.Ink);
        foreach (Mark mark in marks)
        {
            double y = _psnr.PositionOf(mark.Psnr);
            string text = string.Create(CultureInfo.InvariantCulture, $"{mark.Name} {mark.Psnr:0.00}");
            if (mark.Cost is not { } cost)
            {
                _canvas.Line(Left, y, Right, y, mark.Color, ("stroke-dasharray", "5 4"));
                Label(Left + 8, y - 4, text, mark.Color, isStart: true);
                continue;
            }

            double x = _cost.PositionOf(cost);
            _canvas.Element("circle", ("cx", SvgCanvas.Position(x)), ("cy", SvgCanvas.Position(y)), ("r", "5"), ("fill", mark.Color));
            bool fits = x + 10 + (text.Length * CharacterWidth) < Right;
            Label(fits ? x + 10 : x - 10, y + 4, text, mark.Color, isStart: fits);
        }
    }

    /// <summary>Writes a label at the nearest free height.</summary>
    private void Label(double x, double y, string text, string color, bool isStart)
    {
        double width = text.Length * CharacterWidth, left = isStart ? x : x - width;
        double free = Enumerable.Range(0, 24)
            .Select(i => y + ((i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * (LineHeight / 2)))
            .First(height => !_labels.Exists(label => label.Left < left + width && left < label.Right && Math.Abs(label.Y - height) < LineHeight - 1));
        _labels.Add((left, left + width, free));
        _canvas.Text(x, free, text, color, isStart ? "start" : "end");
    }

    /// <summary>A point, or a line where the cost is not known.</summary>
    private sealed record Mark(string Name, double Psnr, double? Cost, string Color);
}
