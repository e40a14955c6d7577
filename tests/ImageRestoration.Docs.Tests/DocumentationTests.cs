using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ImageRestoration.Models;
using ImageRestoration.Networks;

namespace ImageRestoration.Tests.Docs;

/// <summary>What README and docs show compiles and exists.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string _root = typeof(DocumentationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static TheoryData<string> Pages()
        => [.. Directory.EnumerateFiles(_root, "*.md", SearchOption.TopDirectoryOnly)
            .Concat(Directory.EnumerateFiles(Path.Combine(_root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(_root, path))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void CodeBlocks_OfAPage_AreCompiledSnippets(string page)
    {
        string snippets = Normalize(string.Concat(Directory.EnumerateFiles(Path.Combine(_root, "tests", "ImageRestoration.Docs.Tests"), "*Snippets.cs").Select(File.ReadAllText)));
        foreach (Match block in CodeBlock().Matches(File.ReadAllText(Path.Combine(_root, page))))
        {
            Assert.Contains(Normalize(block.Groups["code"].Value), snippets, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFiles(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(_root, page))!;
        foreach (Match link in RelativeLink().Matches(File.ReadAllText(Path.Combine(_root, page))))
        {
            string target = Path.Combine(folder, link.Groups["target"].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page} links to '{link.Groups["target"].Value}', which does not exist.");
        }
    }

    [Fact]
    public void Readme_Snippets_AreThere()
        => Assert.Equal(8, CodeBlock().Count(File.ReadAllText(Path.Combine(_root, "README.md"))));

    [Fact]
    public void Readme_DeclaredNetwork_Builds()
    {
        Network network = Snippets.DeclareANetwork();
        Assert.Equal(new Size2d(2, 2), network.SizeMultiple);
        Assert.Equal(3, network.Outputs[0].Channels);
    }

    [Fact]
    public void Scores_OfReadme_AreThoseInTheModelFile()
    {
        IReadOnlyDictionary<string, double> scores = PretrainedModels.DenoiseColor.Load().Info.Scores;
        string row = string.Join(" | ", new[] { 15, 25, 50 }.Select(sigma => scores[$"CBSD68 sigma {sigma} PSNR"].ToString("0.00", CultureInfo.InvariantCulture)));
        Assert.Contains($"| `denoise-color` | {row} |", File.ReadAllText(Path.Combine(_root, "README.md")), StringComparison.Ordinal);
    }

    private static string Normalize(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex(@"```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelativeLink();
}
