using System.Globalization;
using System.Text;
using System.Xml;

namespace ImageRestoration.TorchSharp;

/// <summary>One drawing of <see cref="LossCurve"/>.</summary>
internal sealed class LossChart
{
    private const double Width = 960, Height = 540;
    private const double Left = 84, Right = Width - 84, Top = 84, Bottom = 392;
    private const double RateTop = 420, RateBottom = 484;
    private const int Columns = 300;
    private const string Ink = "#24292f", Faint = "#57606a", Grid = "#d8dee4";
    private const string LossColor = "#0969da", ScoreColor = "#cf5c00", RateColor = "#1a7f37";

    private readonly XmlWriter _xml;
    private readonly IReadOnlyList<TrainingProgress> _entries;
    private readonly (double Step, double Low, double High, double Smooth, double Rate)[] _points;
    private readonly TrainingProgress[] _scores;
    private readonly ChartAxis _steps;

    internal LossChart(XmlWriter xml, IReadOnlyList<TrainingProgress> entries)
    {
        _xml = xml;
        _entries = entries;
        _points = Thin(entries);
        _scores = [.. entries.Where(e => e is { Validated: true, ValidationPsnr: not null })];
        _steps = new ChartAxis(0, Math.Max(entries[^1].Step, 1), Left, Right);
    }

    internal void Draw(string title)
    {
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Attributes(("viewBox", $"0 0 {Width} {Height}"), ("width", $"{Width}"), ("height", $"{Height}"), ("font-family", "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"), ("font-size", "13"));
        _xml.WriteElementString("title", title);
        Element("rect", ("width", $"{Width}"), ("height", $"{Height}"), ("fill", "#ffffff"));
        Text(Left, 34, title, Ink, "start", ("font-size", "19"), ("font-weight", "600"));
        Text(Left, 56, Summary(), Faint, "start");
        DrawSteps();
        DrawLoss();
        DrawScores();
        DrawRate();
        _xml.WriteEndElement();
    }

    /// <summary>Lowest, highest and smoothed loss and the learning rate in each of a few hundred columns.</summary>
    private static (double Step, double Low, double High, double Smooth, double Rate)[] Thin(IReadOnlyList<TrainingProgress> entries)
    {
        // An exponential average over about a thirtieth of the run, without the bias of its start.
        double decay = 1 - (1 / Math.Max(1.0, entries.Count / 30.0)), average = 0, weight = 0;
        int columns = entries.Count <= 2 * Columns ? entries.Count : Columns;
        var points = new (double Step, double Low, double High, double Smooth, double Rate)[columns];
        for (int column = 0; column < columns; column++)
        {
            int first = (int)((long)column * entries.Count / columns), end = (int)((long)(column + 1) * entries.Count / columns);
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (int i = first; i < end; i++)
            {
                double loss = entries[i].Loss;
                (low, high) = (Math.Min(low, loss), Math.Max(high, loss));
                (average, weight) = ((decay * average) + ((1 - decay) * loss), (decay * weight) + 1 - decay);
            }

            points[column] = (entries[end - 1].Step, low, high, average / weight, entries[end - 1].LearningRate);
        }

        return points;
    }

    private string Summary()
    {
        TrainingProgress last = _entries[^1];
        string text = Invariant($"{last.Step:N0} steps, {last.Epoch:#,0.#} epochs · loss {Significant(_points[^1].Smooth)}");
        return _scores.MaxBy(s => s.ValidationPsnr) is { } best
            ? text + Invariant($" · validation PSNR {_scores[^1].ValidationPsnr:0.00} dB, best {best.ValidationPsnr:0.00} dB at step {best.Step:N0}")
            : text;
    }

    private void DrawSteps()
    {
        foreach (double step in _steps.Ticks(8))
        {
            double x = _steps.PositionOf(step);
            Line(x, Top, x, Bottom, Grid);
            Line(x, RateTop, x, RateBottom, Grid);
            Text(x, RateBottom + 20, ChartAxis.Label(step), Faint, "middle");
        }

        Text((Left + Right) / 2, Height - 14, "step", Ink, "middle");
    }

    private void DrawLoss()
    {
        // The scale spans what nearly all steps lie in; single steps beyond are drawn at its edge.
        double[] lows = [.. _points.Select(p => p.Low).Order()], highs = [.. _points.Select(p => p.High).Order()];
        double minimum = Math.Min(lows[lows.Length / 100], _points.Min(p => p.Smooth)), maximum = Math.Max(highs[^((highs.Length / 100) + 1)], _points.Max(p => p.Smooth));
        ChartAxis axis = ChartAxis.Around(minimum, maximum, Bottom, Top, isLogarithmic: minimum > 0);
        foreach (double tick in axis.Ticks(5))
        {
            double y = axis.PositionOf(tick);
            Line(Left, y, Right, y, Grid);
            Text(Left - 8, y + 4, ChartAxis.Label(tick), LossColor, "end");
        }

        AxisTitle(20, (Top + Bottom) / 2, axis.IsLogarithmic ? "training loss (log scale)" : "training loss", LossColor);
        IEnumerable<(double, double)> band = _points.Select(p => (p.Step, p.High)).Concat(_points.Reverse().Select(p => (p.Step, p.Low)));
        Path(band, axis, closed: true, ("fill", LossColor), ("fill-opacity", "0.16"), ("stroke", LossColor), ("stroke-opacity", "0.22"), ("stroke-width", "0.7"), ("stroke-linejoin", "round"));
        Path(_points.Select(p => (p.Step, p.Smooth)), axis, closed: false, ("fill", "none"), ("stroke", LossColor), ("stroke-width", "2"), ("stroke-linejoin", "round"));
        Frame(Top, Bottom);
    }

    private void DrawScores()
    {
        if (_scores.Length == 0)
        {
            return;
        }

        ChartAxis axis = ChartAxis.Around(_scores.Min(s => s.ValidationPsnr!.Value), _scores.Max(s => s.ValidationPsnr!.Value), Bottom, Top, isLogarithmic: false);
        foreach (double tick in axis.Ticks(7))
        {
            double y = axis.PositionOf(tick);
            Line(Right, y, Right + 4, y, ScoreColor);
            Text(Right + 8, y + 4, ChartAxis.Label(tick), ScoreColor, "start");
        }

        AxisTitle(Width - 12, (Top + Bottom) / 2, "validation PSNR in dB", ScoreColor);
        TrainingProgress[] shown = [.. _scores.Where((_, i) => i == _scores.Length - 1 || i % ((_scores.Length / Columns) + 1) == 0)];
        Path(shown.Select(s => ((double)s.Step, s.ValidationPsnr!.Value)), axis, closed: false, ("fill", "none"), ("stroke", ScoreColor), ("stroke-width", "1.5"), ("stroke-linejoin", "round"));
        foreach (TrainingProgress score in shown.Length <= 60 ? shown : [])
        {
            Element("circle", ("cx", Position(_steps.PositionOf(score.Step))), ("cy", Position(axis.PositionOf(score.ValidationPsnr!.Value))), ("r", "3"), ("fill", ScoreColor));
        }
    }

    private void DrawRate()
    {
        var axis = new ChartAxis(0, Math.Max(_points.Max(p => p.Rate), double.Epsilon), RateBottom, RateTop);
        Text(Left - 8, RateTop + 9, ChartAxis.Label(axis.Maximum), RateColor, "end");
        Text(Left - 8, RateBottom, "0", RateColor, "end");
        Text(Right - 8, RateTop + 18, "learning rate", RateColor, "end");
        Path(_points.Select(p => (p.Step, p.Rate)), axis, closed: false, ("fill", "none"), ("stroke", RateColor), ("stroke-width", "1.5"), ("stroke-linejoin", "round"));
        Frame(RateTop, RateBottom);
    }

    private void Path(IEnumerable<(double Step, double Value)> points, ChartAxis axis, bool closed, params ReadOnlySpan<(string, string)> attributes)
    {
        var data = new StringBuilder();
        foreach ((double step, double value) in points)
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(Position(_steps.PositionOf(step))).Append(' ').Append(Position(axis.PositionOf(value)));
        }

        Element("path", [("d", data.Append(closed ? "Z" : string.Empty).ToString()), .. attributes]);
    }

    private void Frame(double top, double bottom) => Element("rect", ("x", Position(Left)), ("y", Position(top)), ("width", Position(Right - Left)), ("height", Position(bottom - top)), ("fill", "none"), ("stroke", "#8c959f"));

    private void Line(double x1, double y1, double x2, double y2, string color) => Element("line", ("x1", Position(x1)), ("y1", Position(y1)), ("x2", Position(x2)), ("y2", Position(y2)), ("stroke", color));

    private void AxisTitle(double x, double y, string text, string color) => Text(x, y, text, color, "middle", ("transform", Invariant($"rotate(-90 {x} {y})")));

    private void Text(double x, double y, string text, string color, string anchor, params ReadOnlySpan<(string, string)> attributes)
    {
        _xml.WriteStartElement("text");
        Attributes([("x", Position(x)), ("y", Position(y)), ("fill", color), ("text-anchor", anchor), .. attributes]);
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    private void Element(string name, params ReadOnlySpan<(string, string)> attributes)
    {
        _xml.WriteStartElement(name);
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    private void Attributes(params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes)
        {
            _xml.WriteAttributeString(name, value);
        }
    }

    private static string Position(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Significant(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
