using System.Globalization;

namespace ImageRestoration.TorchSharp;

/// <summary>Maps values to positions, linearly or by their logarithm, and chooses round values to label.</summary>
/// <param name="Minimum">Value at <paramref name="Start"/>; above 0 where logarithmic.</param>
/// <param name="Maximum">Value at <paramref name="End"/>, above <paramref name="Minimum"/>.</param>
/// <param name="Start">Position of the minimum.</param>
/// <param name="End">Position of the maximum.</param>
/// <param name="IsLogarithmic">Whether equal factors, not equal differences, are equally far apart.</param>
internal sealed record ChartAxis(double Minimum, double Maximum, double Start, double End, bool IsLogarithmic = false)
{
    private static readonly double[][] _mantissas = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];

    /// <summary>An axis over values with some room at both ends.</summary>
    internal static ChartAxis Around(double minimum, double maximum, double start, double end, bool isLogarithmic)
    {
        if (isLogarithmic)
        {
            double factor = Math.Max(1.02, Math.Pow(maximum / minimum, 0.04));
            return new ChartAxis(minimum / factor, maximum * factor, start, end, IsLogarithmic: true);
        }

        double room = maximum > minimum ? 0.06 * (maximum - minimum) : Math.Max(0.05 * Math.Abs(maximum), 1e-9);
        return new ChartAxis(minimum - room, maximum + room, start, end);
    }

    internal double PositionOf(double value)
    {
        double share = IsLogarithmic
            ? Math.Log(Math.Max(value, double.Epsilon) / Minimum) / Math.Log(Maximum / Minimum)
            : (value - Minimum) / (Maximum - Minimum);
        return Start + ((End - Start) * Math.Clamp(share, 0, 1));
    }

    /// <summary>Round values within the axis: about as many as asked for, never more than twice that.</summary>
    internal IReadOnlyList<double> Ticks(int count)
    {
        if (!IsLogarithmic)
        {
            return LinearTicks(count);
        }

        // The sparsest set of mantissas that is dense enough; within less than a decade it may take linear steps.
        return _mantissas.Select(LogarithmicTicks).FirstOrDefault(ticks => ticks.Count >= Math.Min(count, 3) && ticks.Count <= 2 * count)
            ?? LinearTicks(count);
    }

    /// <summary>A value as a label: with thousands separated, or as a power of ten where it is very small or large.</summary>
    internal static string Label(double value)
    {
        double size = Math.Abs(value);
        return value == 0 ? "0"
            : size is < 1e-3 or >= 1e6 ? value.ToString("0.###e+0", CultureInfo.InvariantCulture)
                .Replace("e+", "e", StringComparison.Ordinal)
            : value.ToString("#,0.######", CultureInfo.InvariantCulture);
    }

    private List<double> LogarithmicTicks(double[] mantissas)
    {
        var ticks = new List<double>();
        for (int exponent = (int)Math.Floor(Math.Log10(Minimum)); exponent <= Math.Log10(Maximum); exponent++)
        {
            // A quotient of whole numbers gives the double that is nearest to the decimal fraction.
            double power = Math.Pow(10, Math.Abs(exponent));
            ticks.AddRange(mantissas.Select(m => exponent < 0 ? m / power : m * power).Where(v => v >= Minimum && v <= Maximum));
        }

        return ticks;
    }

    private List<double> LinearTicks(int count)
    {
        double rough = (Maximum - Minimum) / count, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * new[] { 1, 2, 2.5, 5, 10 }.First(m => m * power >= rough * 0.999);
        var ticks = new List<double>();
        for (double n = Math.Ceiling(Minimum / step); n * step <= Maximum; n++)
        {
            ticks.Add(Math.Round(n * step, 12));
        }

        return ticks;
    }
}
