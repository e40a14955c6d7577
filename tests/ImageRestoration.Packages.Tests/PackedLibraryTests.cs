namespace ImageRestoration.Packages.Tests;

/// <summary>Tests that share the packed packages.</summary>
[CollectionDefinition(Name)]
public sealed class PackedLibraryTests : ICollectionFixture<PackedLibrary>
{
    public const string Name = "Packed library";
}
