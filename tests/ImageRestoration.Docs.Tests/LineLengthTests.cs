using System.Globalization;
using System.Reflection;

namespace ImageRestoration.Tests.Docs;

/// <summary>Lines that can be read without scrolling.</summary>
public sealed class LineLengthTests
{
    private const int MostColumns = 140;

    private static readonly string _sources = Path.Combine(
        typeof(LineLengthTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "src");

    /// <summary>All projects, and what they share.</summary>
    public static TheoryData<string> Folders
        => [.. Directory.EnumerateFiles(_sources, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)).Append("Shared").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_OfSources_FitIntoTheColumns(string folder)
    {
        string path = Path.Combine(_sources, folder);
        string[] files = [.. Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsOutput(Path.GetRelativePath(path, file)))];
        Assert.NotEmpty(files);
        string[] tooLong = [.. files.Order(StringComparer.Ordinal).SelectMany(file => File.ReadLines(file)
            .Select((line, index) => (Number: index + 1, Columns: new StringInfo(line).LengthInTextElements))
            .Where(line => line.Columns > MostColumns)
            .Select(line => $"{Path.GetRelativePath(_sources, file)}({line.Number}): {line.Columns} columns"))];
        string list = string.Join(Environment.NewLine, tooLong);
        Assert.True(tooLong.Length == 0, $"{tooLong.Length} lines have more than {MostColumns} columns:{Environment.NewLine}{list}");
    }

    private static bool IsOutput(string relative) => relative.Split(Path.DirectorySeparatorChar)[0] is "obj" or "bin";
}
