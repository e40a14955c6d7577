using System.Reflection;
using System.Text.RegularExpressions;

namespace ImageRestoration.Tests.Docs;

/// <summary>The packages' public types, as their PublicAPI files list them, are those that somebody outside names.</summary>
public sealed partial class PublicApiTests
{
    private static readonly string _root
        = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    private static readonly HashSet<string> _words = CollectWords();

    public static TheoryData<string> Packages
        => [.. Directory.EnumerateFiles(Path.Combine(_root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicTypes_OfAPackage_AreNamedInTestsSamplesOrDocuments(string package)
    {
        string[] lines = [.. new[] { "Shipped", "Unshipped" }
            .SelectMany(kind => File.ReadLines(Path.Combine(_root, "src", package, $"PublicAPI.{kind}.txt")))
            .Where(line => line.Length > 0 && line[0] != '#')];
        string[] types = [.. lines.Where(line => TypeLine().IsMatch(line)).Select(line => line.Split(' ')[^1])];
        Assert.NotEmpty(types);

        string[] unnamed = [.. types.Where(type => !IsNamed(type, lines))];

        Assert.True(unnamed.Length == 0, $"Nothing outside names {string.Join(", ", unnamed)}. Make them internal, or show what they are for.");
    }

    /// <summary>A class of extension methods is named by calling one of them.</summary>
    private static bool IsNamed(string type, string[] lines)
        => _words.Contains(Words().Match(type[(type.LastIndexOf('.') + 1)..]).Value)
            || lines.Any(line => line.StartsWith($"static {type}.", StringComparison.Ordinal)
                && _words.Contains(Words().Match(line[$"static {type}.".Length..]).Value));

    private static HashSet<string> CollectWords()
    {
        string[] folders = ["tests", "samples", "benchmarks", "docs"];
        IEnumerable<string> files = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(_root, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".txt" && !Output().IsMatch(file))
            .Append(Path.Combine(_root, "README.md"));
        return [.. files.SelectMany(file => Words().Matches(File.ReadAllText(file)).Select(match => match.Value))];
    }

    /// <summary>A type; members have a return type behind an arrow, parameters, or a value.</summary>
    [GeneratedRegex(@"^(static |abstract )?[A-Za-z0-9_.<>, ]+$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Output();
}
