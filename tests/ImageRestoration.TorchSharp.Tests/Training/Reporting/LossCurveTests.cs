using System.Globalization;
using System.Xml.Linq;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class LossCurveTests
{
    private const string LossColor = "#0969da", ScoreColor = "#cf5c00";
    private static readonly XNamespace _svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void ToSvg_LongRun_IsSmallAndShowsItsCourse()
    {
        string text = LossCurve.ToSvg(Course(40_000, step => 0.3 / Math.Sqrt(step)), "a < b & c");
        XElement root = XDocument.Parse(text).Root!;

        Assert.Equal(_svg + "svg", root.Name);
        Assert.True(text.Length < 40_000, $"The drawing has {text.Length} characters; 40,000 steps should fit into 40,000.");
        string[] labels = [.. root.Descendants(_svg + "text").Select(t => t.Value)];
        Assert.Contains("a < b & c", labels);
        Assert.Contains("training loss (log scale)", labels);
        Assert.Contains("validation PSNR in dB", labels);
        Assert.Contains("0.01", labels);
        Assert.Contains("20,000", labels);

        // The loss falls by a constant factor for each factor of steps, so the smoothed line goes down all the way; y grows downwards.
        double[] heights = Heights(root, LossColor);
        Assert.Equal(300, heights.Length);
        Assert.All(heights.Zip(heights.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
        double[] scores = Heights(root, ScoreColor);
        Assert.Equal(40, scores.Length);
        Assert.All(scores.Zip(scores.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    [Fact]
    public void ToSvg_OneStep_IsDrawn()
    {
        XElement root = XDocument.Parse(LossCurve.ToSvg(Course(1, _ => 0.5), "one")).Root!;
        Assert.Single(Heights(root, LossColor));
        Assert.DoesNotContain("NaN", root.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToSvg_LossesBelowZero_AreOnALinearScale()
    {
        XElement root = XDocument.Parse(LossCurve.ToSvg(Course(500, step => 1 - (0.01 * step)), "hinge")).Root!;
        string[] labels = [.. root.Descendants(_svg + "text").Select(t => t.Value)];
        Assert.Contains("training loss", labels);
        Assert.Contains("-2", labels);
    }

    [Fact]
    public void ToSvg_AnyCulture_IsTheSame()
    {
        IReadOnlyList<TrainingProgress> course = Course(2_000, step => 0.3 / Math.Sqrt(step));
        string expected = LossCurve.ToSvg(course, "same");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, LossCurve.ToSvg(course, "same"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ToSvg_NoEntries_SaysWhatToDo() => Assert.Throws<ArgumentException>(() => LossCurve.ToSvg([], "none"));

    [Theory]
    [InlineData(0.001, 1, true, "0.001 0.01 0.1 1")]
    [InlineData(0.011, 0.34, true, "0.03 0.1 0.3")]
    [InlineData(0.0105, 0.0149, true, "0.011 0.012 0.013 0.014")]
    [InlineData(0, 40_000, false, "0 10,000 20,000 30,000 40,000")]
    [InlineData(28.31, 30.77, false, "28.5 29 29.5 30 30.5")]
    [InlineData(1e-9, 1e-4, true, "1e-9 1e-8 1e-7 1e-6 1e-5 1e-4")]
    public void Ticks_AreRoundAndReadable(double minimum, double maximum, bool isLogarithmic, string expected)
    {
        var axis = new ChartAxis(minimum, maximum, 0, 100, isLogarithmic);
        Assert.Equal(expected, string.Join(' ', axis.Ticks(5).Select(ChartAxis.Label)));
    }

    private static double[] Heights(XElement root, string color)
        => [.. root.Descendants(_svg + "path").Single(p => p.Attribute("fill")!.Value == "none" && p.Attribute("stroke")!.Value == color).Attribute("d")!.Value
            .Split(['M', 'L'], StringSplitOptions.RemoveEmptyEntries).Select(point => double.Parse(point.Split(' ')[1], CultureInfo.InvariantCulture))];

    private static IReadOnlyList<TrainingProgress> Course(int steps, Func<long, double> loss)
        => [.. Enumerable.Range(1, steps).Select(step => new TrainingProgress(step, steps, step / 40.0, loss(step), 1e-3 * (1 - ((double)step / steps)), 1, 64, 50, 0, step >= 1000 ? 25 + (step / 1000 / 10.0) : null, step % 1000 == 0, TimeSpan.Zero, TimeSpan.Zero))];
}
