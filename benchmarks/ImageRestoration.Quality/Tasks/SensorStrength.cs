using System.Globalization;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Strength of a sensor's noise, for values whose white is 1.</summary>
/// <param name="Shot">Variance per unit of signal.</param>
/// <param name="Read">Variance that does not depend on the signal.</param>
internal readonly record struct SensorStrength(double Shot, double Read)
{
    /// <summary>Reads SHOT:READ; null where it is none, or a variance lies outside of [0, 1].</summary>
    public static SensorStrength? TryParse(string text)
        => text.Split(':') is [string shot, string read] && TryParseVariance(shot) is { } a && TryParseVariance(read) is { } b ? new(a, b) : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shot}:{Read}");

    private static double? TryParseVariance(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double variance) && variance is >= 0 and <= 1 ? variance : null;
}
