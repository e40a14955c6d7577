using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace ImageRestoration.Packages.Tests;

/// <summary>The packages of all projects under src, made once for all tests from what has been built, in a temporary folder.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerestoration-packages-");

    /// <summary>Outside the repository.</summary>
    public string Folder => _folder.FullName;

    public string PackagesFolder => Path.Combine(Folder, "packed");

    /// <summary>A version that no other run has.</summary>
    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"{Metadata("VersionPrefix")}-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}");

    public string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public IReadOnlyList<string> PackageIds
        => [.. Directory.GetFiles(Path.Combine(RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories).Select(project => Path.GetFileNameWithoutExtension(project)).Order(StringComparer.Ordinal)];

    public static string Metadata(string key)
        => typeof(PackedLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>The metadata of a package.</summary>
    public XElement ReadMetadata(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(PackagesFolder, $"{id}.{Version}.nupkg"));
        using Stream stream = package.GetEntry(id + ".nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>What a package depends on beside packages of its own family.</summary>
    internal IReadOnlyList<PackageDependency> ReadForeignDependencies(string id)
        =>
        [
            .. ReadMetadata(id).Descendants().Where(element => element.Name.LocalName == "dependency")
                .Select(element => new PackageDependency(element.Attribute("id")!.Value, element.Attribute("version")!.Value))
                .Where(dependency => !PackageIds.Contains(dependency.Id)),
        ];

    public async Task InitializeAsync()
    {
        foreach (string id in PackageIds)
        {
            await DotNet.RunAsync(
                RepositoryRoot,
                "pack",
                Path.Combine("src", id, id + ".csproj"),
                "--no-build",
                "-c",
                Metadata("Configuration"),
                "-o",
                PackagesFolder,
                $"-p:PackageVersion={Version}",
                $"-p:NuspecOutputPath={Path.Combine(Folder, "nuspec")}{Path.DirectorySeparatorChar}",
                "-m:1",
                "-nologo");
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
