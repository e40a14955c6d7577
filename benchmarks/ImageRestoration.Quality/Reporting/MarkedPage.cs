using System.Text.RegularExpressions;

namespace ImageRestoration.Quality.Reporting;

/// <summary>A page of which parts between marks are written by this program.</summary>
internal static partial class MarkedPage
{
    /// <summary>Replaces the parts; others stay as they are.</summary>
    /// <param name="page">The page, with \n at the ends of lines.</param>
    /// <param name="parts">Parts by name.</param>
    /// <exception cref="QualityException">The page has no mark of a part.</exception>
    public static string Rewrite(string page, IReadOnlyDictionary<string, string> parts)
    {
        var open = new HashSet<string>(parts.Keys, StringComparer.Ordinal);
        string rewritten = Part().Replace(page, match =>
        {
            string name = match.Groups["name"].Value;
            return open.Remove(name) ? $"<!-- scores:{name} -->\n{parts[name]}<!-- /scores -->" : match.Value;
        });
        return open.Count == 0
            ? rewritten
            : throw new QualityException($"The page has no place for {string.Join(" and ", open)}. Add <!-- scores:{open.First()} --> and <!-- /scores --> where the table is to stand.");
    }

    [GeneratedRegex(@"<!-- scores:(?<name>[a-z-]+) -->\n.*?<!-- /scores -->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
