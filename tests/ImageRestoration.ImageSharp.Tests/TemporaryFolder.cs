namespace ImageRestoration.Tests;

/// <summary>An empty folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerestoration-tests-");

    public string FullPath => _folder.FullName;

    public string[] Files => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name).Order(StringComparer.Ordinal)];

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Write(string name, ReadOnlySpan<byte> contents)
    {
        File.WriteAllBytes(this[name], contents);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
