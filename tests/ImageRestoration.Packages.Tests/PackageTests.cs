using System.IO.Compression;
using System.Xml.Linq;

namespace ImageRestoration.Packages.Tests;

/// <summary>What is in the packages.</summary>
[Collection(PackedLibraryTests.Name)]
public sealed class PackageTests(PackedLibrary packed)
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

            XElement metadata = packed.ReadMetadata(id);
            XElement license = Child(metadata, "license");
            Assert.Equal(("expression", "MIT"), (license.Attribute("type")?.Value, license.Value));
            Assert.Equal("README.md", Child(metadata, "readme").Value);
            Assert.NotEqual("Package Description", Child(metadata, "description").Value);

            // A package names the versions that were asked for, and its own family at its own version.
            foreach (XElement dependency in metadata.Descendants().Where(element => element.Name.LocalName == "dependency"))
            {
                string name = dependency.Attribute("id")!.Value;
                if (packed.PackageIds.Contains(name))
                {
                    Assert.Equal(packed.Version, dependency.Attribute("version")?.Value);
                    continue;
                }

                XElement asked = versions.Descendants("PackageVersion").Single(version => version.Attribute("Include")!.Value == name);
                var expected = new PackageDependency(name, asked.Attribute("Version")!.Value);
                var actual = new PackageDependency(name, dependency.Attribute("version")!.Value);
                Assert.Equal((expected.Minimum, expected.Below), (actual.Minimum, actual.Below));
            }
        }

        static XElement Child(XElement parent, string name) => Assert.Single(parent.Elements(), element => element.Name.LocalName == name);
    }

    /// <summary>The next versions break the API that the packages were compiled against, or come under another licence.</summary>
    [Theory]
    [InlineData("ImageRestoration.ImageSharp", "SixLabors.ImageSharp", "[2.1.13, 3.0.0)")]
    [InlineData("ImageRestoration.TorchSharp", "TorchSharp", "[0.107.0, 0.108.0)")]
    [InlineData("ImageRestoration.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu", "[1.31.0, 2.0.0)")]
    public void Pack_LibrariesThatBreakTheirApi_AreBoundedFromAbove(string id, string dependency, string range)
        => Assert.Contains(new PackageDependency(dependency, range), packed.ReadForeignDependencies(id));

    [Fact]
    public void Pack_TorchSharp_CarriesTheBuildStepForOlderSystems()
    {
        string file = Path.Combine(packed.PackagesFolder, $"ImageRestoration.TorchSharp.{packed.Version}.nupkg");
        using ZipArchive package = ZipFile.OpenRead(file);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains("buildTransitive/ImageRestoration.TorchSharp.targets", files);
        Assert.Contains("buildTransitive/RelaxSymbolVersion.cs", files);
    }
}
