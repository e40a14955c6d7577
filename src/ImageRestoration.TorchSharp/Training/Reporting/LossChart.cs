using System.Globalization;
using System.Text;

namespace ImageRestoration.TorchSharp;

/// <summary>One drawing of <see cref="LossCurve"/>.</summary>
internal sealed class LossChart
{
    private const double Width = 960, Height = 540;
    private const double Left = 84, Right = Width - 84, Top = 84, Bottom = 392;
    private const double RateTop = 420, RateBottom = 484;
    private const int Columns = 300;
    private const string LossColor = "#0969da", ScoreColor = "#cf5c00", RateColor = "#1a7f37";

    private readonly SvgCanvas _canvas;
    private readonly IReadOnlyList<TrainingProgress> _entries;
    private readonly (double Step, double Low, double High, double Smooth, double Rate)[] _points;
    private readonly TrainingProgress[] _scores;
    private readonly ChartAxis _steps;

    private LossChart(SvgCanvas canvas, IReadOnlyList<TrainingProgress> entries)
    {
        _canvas = canvas;
        _entries = entries;
        _points = Thin(entries);
        _scores = [.. entries.Where(e => e is { Validated: true, ValidationPsnr: not null and not double.NaN })];
        _steps = new ChartAxis(0, Math.Max(entries[^1].Step, 1), Left, Right);
    }

    /// <summary>Draws the course of training as an SVG document.</summary>
    internal static string ToSvg(IReadOnlyList<TrainingProgress> entries, string title)
        => SvgCanvas.ToText(Width, Height, title, canvas => new LossChart(canvas, entries).Draw(title));

    private void Draw(string title)
    {
        _canvas.Text(Left, 34, title, SvgCanvas.Ink, "start", ("font-size", "19"), ("font-weight", "600"));
        _canvas.Text(Left, 56, Summary(), SvgCanvas.Faint, "start");
        DrawSteps();
        DrawLoss();
        DrawScores();
        DrawRate();
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
            ? text
                + Invariant(
                    $" · validation PSNR {_scores[^1].ValidationPsnr:0.00} dB, best {best.ValidationPsnr:0.00} dB at step {best.Step:N0}")
            : text;
    }

    private void DrawSteps()
    {
        foreach (double step in _steps.Ticks(8))
        {
            double x = _steps.PositionOf(step);
            _canvas.Line(x, Top, x, Bottom, SvgCanvas.Grid);
            _canvas.Line(x, RateTop, x, RateBottom, SvgCanvas.Grid);
            _canvas.Text(x, RateBottom + 20, ChartAxis.Label(step), SvgCanvas.Faint, "middle");
        }

        _canvas.Text((Left + Right) / 2, Height - 14, "step", SvgCanvas.Ink, "middle");
    }

    private void DrawLoss()
    {
        // The scale spans what nearly all steps lie in; single steps beyond are drawn at its edge.
        double[] lows = [.. _points.Select(p => p.Low).Order()], highs = [.. _points.Select(p => p.High).Order()];
        double minimum = Math.Min(lows[lows.Length / 100], _points.Min(p => p.Smooth)),
            maximum = Math.Max(highs[^((highs.Length / 100) + 1)], _points.Max(p => p.Smooth));
        ChartAxis axis = ChartAxis.Around(minimum, maximum, Bottom, Top, isLogarithmic: minimum > 0);
        foreach (double tick in axis.Ticks(5))
        {
            double y = axis.PositionOf(tick);
            _canvas.Line(Left, y, Right, y, SvgCanvas.Grid);
            _canvas.Text(Left - 8, y + 4, ChartAxis.Label(tick), LossColor, "end");
        }

        _canvas.AxisTitle(20, (Top + Bottom) / 2, axis.IsLogarithmic ? "training loss (log scale)" : "training loss", LossColor);
        IEnumerable<(double, double)> band = _points.Select(p => (p.Step, p.High)).Concat(_points.Reverse().Select(p => (p.Step, p.Low)));
        Path(
            band,
            axis,
            closed: true,
            ("fill", LossColor),
            ("fill-opacity", "0.16"),
            ("stroke", LossColor),
            ("stroke-opacity", "0.22"),
            ("stroke-width", "0.7"),
            ("stroke-linejoin", "round"));
        Path(
            _points.Select(p => (p.Step, p.Smooth)),
            axis,
            closed: false,
            ("fill", "none"),
            ("stroke", LossColor),
            ("stroke-width", "2"),
            ("stroke-linejoin", "round"));
        Frame(Top, Bottom);
    }

    private void DrawScores()
    {
        // Scores without any error are infinite; they are drawn at the axis's end.
        double[] finite = [.. _scores.Select(s => s.ValidationPsnr!.Value).Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return;
        }

        ChartAxis axis = ChartAxis.Around(finite.Min(), finite.Max(), Bottom, Top, isLogarithmic: false);
        foreach (double tick in axis.Ticks(7))
        {
            double y = axis.PositionOf(tick);
            _canvas.Line(Right, y, Right + 4, y, ScoreColor);
            _canvas.Text(Right + 8, y + 4, ChartAxis.Label(tick), ScoreColor, "start");
        }

        _canvas.AxisTitle(Width - 12, (Top + Bottom) / 2, "validation PSNR in dB", ScoreColor);
        TrainingProgress[] shown = [.. _scores.Where((_, i) => i == _scores.Length - 1 || i % ((_scores.Length / Columns) + 1) == 0)];
        Path(
            shown.Select(s => ((double)s.Step, s.ValidationPsnr!.Value)),
            axis,
            closed: false,
            ("fill", "none"),
            ("stroke", ScoreColor),
            ("stroke-width", "1.5"),
            ("stroke-linejoin", "round"));
        foreach (TrainingProgress score in shown.Length <= 60 ? shown : [])
        {
            _canvas.Element(
                "circle",
                ("cx", SvgCanvas.Position(_steps.PositionOf(score.Step))),
                ("cy", SvgCanvas.Position(axis.PositionOf(score.ValidationPsnr!.Value))),
                ("r", "3"),
                ("fill", ScoreColor));
        }
    }

    private void DrawRate()
    {
        var axis = new ChartAxis(0, Math.Max(_points.Max(p => p.Rate), double.Epsilon), RateBottom, RateTop);
        _canvas.Text(Left - 8, RateTop + 9, ChartAxis.Label(axis.Maximum), RateColor, "end");
        _canvas.Text(Left - 8, RateBottom, "0", RateColor, "end");
        _canvas.Text(Right - 8, RateTop + 18, "learning rate", RateColor, "end");
        Path(
            _points.Select(p => (p.Step, p.Rate)),
            axis,
            closed: false,
            ("fill", "none"),
            ("stroke", RateColor),
            ("stroke-width", "1.5"),
            ("stroke-linejoin", "round"));
        Frame(RateTop, RateBottom);
    }

    private void Path(
        IEnumerable<(double Step, double Value)> points, ChartAxis axis, bool closed, params ReadOnlySpan<(string, string)> attributes)
    {
        var data = new StringBuilder();
        foreach ((double step, double value) in points)
        {
            data.Append(data.Length == 0 ? 'M' : 'L')
                .Append(SvgCanvas.Position(_steps.PositionOf(step)))
                .Append(' ')
                .Append(SvgCanvas.Position(axis.PositionOf(value)));
        }

        _canvas.Element("path", [("d", data.Append(closed ? "Z" : string.Empty).ToString()), .. attributes]);
    }

    private void Frame(double top, double bottom) => _canvas.Frame(Left, top, Right, bottom);

    private static string Significant(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
