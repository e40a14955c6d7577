using System.Text.Json;
using System.Xml.Linq;

namespace ImageRestoration.Packages.Tests;

/// <summary>An application outside the repository that references the packed packages, as their users write one.</summary>
internal sealed class Application
{
    private readonly string[] _settings;

    private Application(string folder, string name)
    {
        Folder = folder;
        Name = name;

        // Natives are links to the packages folder, not copies of it: a gigabyte less.
        // The audit asks sources that need not have what it wants.
        _settings =
        [
            "-m:1",
            "-nologo",
            "-p:NuGetAudit=false",
            $"-p:RestorePackagesPath={PackagesFolder}",
            "-p:CreateHardLinksForCopyFilesToOutputDirectoryIfPossible=true",
            "-p:CreateHardLinksForCopyLocalIfPossible=true",
            "-p:CreateHardLinksForPublishFilesIfPossible=true",
        ];
    }

    public string Name { get; }

    public string Folder { get; }

    public string Output => Path.Combine(Folder, "built");

    public string Published => Path.Combine(Folder, "published");

    /// <summary>
    /// What the repository's own packages folder lacks; mostly the packed packages. Not within the project's folder,
    /// where sources of packages would be compiled.
    /// </summary>
    private string PackagesFolder => Folder + "-packages";

    /// <summary>Copies Applications/NAME and replaces the placeholders of its project file.</summary>
    public static async Task<Application> CreateAsync(
        PackedLibrary packed, string name, params (string Placeholder, string Text)[] replaced)
    {
        var application = new Application(Directory.CreateDirectory(Path.Combine(packed.Folder, name)).FullName, name);
        string template = Path.Combine(AppContext.BaseDirectory, "Applications", name);
        File.Copy(Path.Combine(template, "Program.cs"), Path.Combine(application.Folder, "Program.cs"));
        string project = await File.ReadAllTextAsync(Path.Combine(template, name + ".csproj.txt"));
        foreach ((string placeholder, string text) in replaced.Prepend(("PACKED_VERSION", packed.Version)))
        {
            Assert.Contains(placeholder, project, StringComparison.Ordinal);
            project = project.Replace(placeholder, text, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path.Combine(application.Folder, name + ".csproj"), project);

        // Beside the user's own sources; what the repository restored is not fetched again.
        new XDocument(new XElement(
            "configuration",
            new XElement("packageSources", Add("packed", packed.PackagesFolder)),
            new XElement("fallbackPackageFolders", Add("repository", PackedLibrary.Metadata("PackagesFolder")))))
            .Save(Path.Combine(application.Folder, "NuGet.config"));
        return application;

        static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
    }

    public Task<(int ExitCode, string Output)> TryRestoreAsync(string runtimeIdentifier)
        => DotNet.TryRunAsync(Folder, ["restore", "-r", runtimeIdentifier, .. _settings]);

    public async Task BuildAsync(bool restore = true)
    {
        string[] choice = restore ? [] : ["--no-restore"];
        await DotNet.RunAsync(Folder, ["build", "-o", Output, .. choice, .. _settings]);
    }

    public async Task PublishAsync(string runtimeIdentifier, params string[] properties)
        => await DotNet.RunAsync(
            Folder,
            ["publish", "--no-restore", "-r", runtimeIdentifier, "--self-contained", "false", "-o", Published,
             .. properties, .. _settings]);

    /// <summary>Runs the application from <paramref name="folder"/>.</summary>
    public async Task<string> RunAsync(string folder, params string[] arguments)
        => await DotNet.RunAsync(Folder, [Path.Combine(folder, Name + ".dll"), .. arguments]);

    /// <summary>The version of every package that restore took.</summary>
    public IReadOnlyDictionary<string, Version> ReadVersions()
    {
        using JsonDocument assets = ReadAssets();
        return assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(library => library.Name.Split('/'))
            .ToDictionary(parts => parts[0], parts => Version.Parse(parts[1].Split('-')[0]), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A file of a package, in the folder that it was restored to.</summary>
    public string FileOf(string package, string file)
    {
        using JsonDocument assets = ReadAssets();
        string[] folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        string path = assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Single(library => library.Name.StartsWith(package + "/", StringComparison.OrdinalIgnoreCase))
            .Value.GetProperty("path").GetString()!;
        return folders.Select(folder => Path.Combine(folder, path, file)).First(File.Exists);
    }

    private JsonDocument ReadAssets() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "obj", "project.assets.json")));
}
