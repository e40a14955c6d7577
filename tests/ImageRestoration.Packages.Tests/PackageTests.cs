using System.IO.Compression;
using System.Xml.Linq;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;

namespace ImageRestoration.Packages.Tests;

/// <summary>The packages as their users meet them.</summary>
public sealed class PackageTests(PackedLibrary packed) : IClassFixture<PackedLibrary>
{
    [Fact]
    public void Pack_EveryLibrary_CarriesWhatAPackageNeeds()
    {
        XDocument versions = XDocument.Load(Path.Combine(packed.RepositoryRoot, "Directory.Packages.props"));
        Assert.NotEmpty(packed.PackageIds);
        foreach (string id in packed.PackageIds)
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(packed.PackagesFolder, $"{id}.{packed.Version}.nupkg"));
            using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(packed.PackagesFolder, $"{id}.{packed.Version}.snupkg"));
            string[] files = [.. package.Entries.Select(entry => entry.FullName)];
            Assert.Contains("README.md", files);
            Assert.Contains($"lib/net10.0/{id}.dll", files);
            Assert.Contains($"lib/net10.0/{id}.xml", files);
            Assert.Contains($"lib/net10.0/{id}.pdb", symbols.Entries.Select(entry => entry.FullName));
            Assert.True(package.GetEntry("README.md")!.Length > 0, $"The README of {id} is empty.");

            using Stream stream = package.GetEntry(id + ".nuspec")!.Open();
            XElement metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
            XElement license = Child(metadata, "license");
            Assert.Equal(("expression", "MIT"), (license.Attribute("type")?.Value, license.Value));
            Assert.Equal("README.md", Child(metadata, "readme").Value);
            Assert.NotEqual("Package Description", Child(metadata, "description").Value);

            // A package names the versions that were asked for, and its own family at its own version.
            foreach (XElement dependency in metadata.Descendants().Where(element => element.Name.LocalName == "dependency"))
            {
                string name = dependency.Attribute("id")!.Value;
                string? expected = packed.PackageIds.Contains(name)
                    ? packed.Version
                    : versions.Descendants("PackageVersion").Single(version => version.Attribute("Include")!.Value == name).Attribute("Version")!.Value;
                Assert.Equal(expected, dependency.Attribute("version")?.Value);
            }
        }

        static XElement Child(XElement parent, string name) => Assert.Single(parent.Elements(), element => element.Name.LocalName == name);
    }

    [Fact]
    public async Task QuickStart_OutsideTheRepository_RestoresAPhotographInTenLines()
    {
        DirectoryInfo application = Directory.CreateDirectory(Path.Combine(packed.Folder, "QuickStart"));
        string template = Path.Combine(AppContext.BaseDirectory, "QuickStart");
        string program = await File.ReadAllTextAsync(Path.Combine(template, "Program.cs"));
        Assert.InRange(program.TrimEnd().Split('\n').Length, 1, 10);
        string readme = await File.ReadAllTextAsync(Path.Combine(packed.RepositoryRoot, "src", "ImageRestoration.ImageSharp", "README.md"));
        Assert.Contains(program, readme, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(application.FullName, "Program.cs"), program);
        string project = await File.ReadAllTextAsync(Path.Combine(template, "QuickStart.csproj.txt"));
        await File.WriteAllTextAsync(Path.Combine(application.FullName, "QuickStart.csproj"), project.Replace("PACKED_VERSION", packed.Version, StringComparison.Ordinal));
        CreateNuGetConfig().Save(Path.Combine(application.FullName, "NuGet.config"));

        (ImageTensor clean, ImageTensor noisy) = await CreateNoisyPhotographAsync();
        string input = Path.Combine(packed.Folder, "noisy.png");
        string output = Path.Combine(packed.Folder, "restored.png");
        await ImageFile.SaveAsync(noisy, input);

        await DotNet.RunAsync(application.FullName, "build", "-o", Path.Combine(packed.Folder, "built"), "-m:1", "-nologo", "-p:NuGetAudit=false", $"-p:RestorePackagesPath={Path.Combine(packed.Folder, "restored-packages")}");
        string text = await DotNet.RunAsync(packed.Folder, Path.Combine(packed.Folder, "built", "QuickStart.dll"), input, output);

        Assert.Contains($"{clean.Width}×{clean.Height} pixels", text, StringComparison.Ordinal);
        using ImageTensor written = await ImageFile.LoadAsync(input);
        using ImageTensor restored = await ImageFile.LoadAsync(output);
        double before = Psnr.Compute(clean, written);
        double after = Psnr.Compute(clean, restored);
        Assert.True(after >= before + 8, $"PSNR went from {before:F2} dB to {after:F2} dB, expected a gain of at least 8 dB.");
    }

    /// <summary>The user's own sources, the packages made here, and whatever setup has made; what the repository restored is not fetched again.</summary>
    private XDocument CreateNuGetConfig()
    {
        var sources = new XElement("packageSources", Add("packed", packed.PackagesFolder));
        string made = Path.Combine(packed.RepositoryRoot, "artifacts", "feed");
        if (Directory.Exists(made))
        {
            sources.Add(Add("made", made));
        }

        string settings = Path.Combine(packed.RepositoryRoot, "artifacts", "feed-settings", "sources");
        if (File.Exists(settings))
        {
            sources.Add(File.ReadAllText(settings).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select((source, index) => Add($"given{index}", source)));
        }

        return new XDocument(new XElement("configuration", sources, new XElement("fallbackPackageFolders", Add("repository", PackedLibrary.Metadata("PackagesFolder")))));

        static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
    }

    private async Task<(ImageTensor Clean, ImageTensor Noisy)> CreateNoisyPhotographAsync()
    {
        string path = Directory.GetFiles(Path.Combine(packed.RepositoryRoot, "samples", "photos"), "*.jpg").Order(StringComparer.Ordinal).First();
        using ImageTensor photograph = await ImageFile.LoadAsync(path);
        ImageTensor clean = ImageTensor.CreateUninitialized(ImageShape.Single(3, Math.Min(333, photograph.Height), Math.Min(401, photograph.Width)));
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < clean.Height; y++)
            {
                photograph.Row(0, c, y + ((photograph.Height - clean.Height) / 2))[((photograph.Width - clean.Width) / 2)..][..clean.Width].CopyTo(clean.Row(0, c, y));
            }
        }

        ImageTensor noisy = clean.Clone();
        new GaussianNoise(25).Apply(noisy, new SeededRandom(1));
        return (clean, noisy);
    }
}
