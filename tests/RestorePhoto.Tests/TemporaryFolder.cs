using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;

namespace RestorePhoto.Tests;

/// <summary>An empty folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("restorephoto-tests-");

    public string FullPath => _folder.FullName;

    /// <summary>All files, relative to the folder, with slashes.</summary>
    public string[] Files
        => [.. _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(FullPath, file.FullName).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Writes waves over a gradient.</summary>
    public async Task<string> WritePhotoAsync(string name, int height = 24, int width = 32)
    {
        using ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(3, height, width));
        for (int i = 0; i < image.Span.Length; i++)
        {
            image.Span[i] = (float)(0.5 + (0.3 * Math.Sin(i / 5.0)) + (0.2 * i / image.Span.Length));
        }

        await ImageFile.SaveAsync(image, this[name]);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
