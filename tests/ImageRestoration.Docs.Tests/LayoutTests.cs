using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImageRestoration.Tests.Docs;

/// <summary>The layout that docs/architecture.md draws: which project may know which, and no circle between the folders of Core.</summary>
public sealed partial class LayoutTests
{
    // Key: a project below src; value: the projects that it may reference.
    private static readonly Dictionary<string, string[]> _allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Classical"] = ["Core"],
        ["Training"] = ["Core"],
        ["Photos"] = ["Core", "Training"],
        ["ImageSharp"] = ["Core", "Photos"],
        ["NetVips"] = ["Core", "Photos"],
        ["Managed"] = ["Core"],
        ["OnnxRuntime"] = ["Core"],
        ["TorchSharp"] = ["Core", "Training"],
        ["Generation"] = ["Core"],
        ["Models"] = ["Models.Denoise", "Models.Deblock", "Models.Inpaint", "Models.Brighten"],
        ["Models.Denoise"] = ["Core"],
        ["Models.Deblock"] = ["Core"],
        ["Models.Inpaint"] = ["Core"],
        ["Models.Brighten"] = ["Core"],
    };

    private static readonly string _sources = Path.Combine(
        typeof(LayoutTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, "src");

    [Fact]
    public void Projects_Reference_WhatTheLayoutAllows()
    {
        string[] projects = [.. Directory.GetFiles(_sources, "*.csproj", SearchOption.AllDirectories)];
        Assert.Equal(_allowed.Keys.Order(StringComparer.Ordinal), projects.Select(ShortName).Order(StringComparer.Ordinal));
        foreach (string project in projects)
        {
            IEnumerable<string> references = XDocument.Load(project).Descendants("ProjectReference").Select(r => ShortName(r.Attribute("Include")!.Value));
            Assert.All(references, reference => Assert.Contains(reference, _allowed[ShortName(project)]));
        }
    }

    /// <summary>Whoever restores photographs chooses the codec, and with it whether there is native code.</summary>
    [Fact]
    public void Photos_References_NoPackage()
    {
        string project = Path.Combine(_sources, "ImageRestoration.Photos", "ImageRestoration.Photos.csproj");
        Assert.Empty(XDocument.Load(project).Descendants("PackageReference"));
    }

    [Fact]
    public void CoreFolders_UseEachOther_WithoutACircle()
        => Assert.Null(FindCircle(UsesOfFolders(Path.Combine(_sources, "ImageRestoration.Core"))));

    [Fact]
    public void FindCircle_AFolderThatUsesItsUser_IsFound()
    {
        var uses = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"], ["D"] = ["A"] };
        Assert.Equal("A → B → C → A", FindCircle(uses));
    }

    [GeneratedRegex(@"^using (?:static )?ImageRestoration\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    private static string ShortName(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["ImageRestoration.".Length..];

    private static Dictionary<string, string[]> UsesOfFolders(string project)
    {
        string[] folders = [.. Directory.GetDirectories(project).Select(f => Path.GetFileName(f)).Except(["bin", "obj"])];
        return folders.ToDictionary(
            folder => folder,
            folder => Directory.GetFiles(Path.Combine(project, folder), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Using().Matches(File.ReadAllText(file)))
                .Select(match => match.Groups[1].Value)
                .Distinct()
                .Where(used => used != folder && folders.Contains(used))
                .Order(StringComparer.Ordinal)
                .ToArray(),
            StringComparer.Ordinal);
    }

    private static string? FindCircle(Dictionary<string, string[]> uses)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        return uses.Keys.Order(StringComparer.Ordinal).Select(Follow).FirstOrDefault(circle => circle is not null);

        string? Follow(string folder)
        {
            int start = path.IndexOf(folder);
            if (start >= 0)
            {
                return string.Join(" → ", path[start..].Append(folder));
            }

            if (!done.Add(folder))
            {
                return null;
            }

            path.Add(folder);
            string? circle = uses[folder].Select(Follow).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return circle;
        }
    }
}
