using System.Globalization;

namespace ImageRestoration.Tests.Conformance;

/// <summary>Runs code where numbers are written unlike in the invariant culture.</summary>
internal static class Cultures
{
    /// <summary>
    /// A decimal comma, as in German, a negative sign that is no hyphen, as in Swedish, and other signs for infinity and what is no number.
    /// </summary>
    /// <remarks>Made by hand: not every machine has the data of real cultures.</remarks>
    internal static CultureInfo Odd { get; } = Create();

    /// <summary>The odd culture, and German where the machine has it.</summary>
    internal static IReadOnlyList<CultureInfo> All { get; } = [Odd, .. German()];

    /// <summary>Asserts that an error says the same in every culture, and what it says.</summary>
    internal static void AssertSameMessage<TException>(Action code, string expected)
        where TException : Exception
    {
        Assert.Contains(expected, Message(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.All(All, culture => Assert.Contains(expected, Message(culture), StringComparison.Ordinal));

        string Message(CultureInfo culture) => In(culture, () => Assert.ThrowsAny<TException>(code).Message);
    }

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

    private static IEnumerable<CultureInfo> German()
        => CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => culture.Name == "de-DE");

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
