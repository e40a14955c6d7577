using System.Globalization;

namespace ImageRestoration.Tests.Conformance;

/// <summary>Runs code where numbers are written unlike in the invariant culture.</summary>
internal static class Cultures
{
    /// <summary>A decimal comma, as in German, a negative sign that is no hyphen, as in Swedish, and other signs for infinity and what is no number.</summary>
    /// <remarks>Made by hand: tests run without the data of real cultures, so that they need nothing installed.</remarks>
    internal static CultureInfo Odd { get; } = Create();

    internal static T In<T>(CultureInfo culture, Func<T> code)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return code();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo Create()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.PositiveInfinitySymbol = "endless";
        culture.NumberFormat.NaNSymbol = "no number";
        return culture;
    }
}
