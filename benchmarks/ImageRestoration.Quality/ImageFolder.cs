using ImageRestoration.ImageSharp;

namespace ImageRestoration.Quality;

/// <summary>The pictures of a folder, in an order that does not depend on the machine.</summary>
internal static class ImageFolder
{
    /// <summary>Lists the picture files, by name.</summary>
    /// <param name="folder">The folder; its subfolders are not searched.</param>
    /// <param name="limit">How many to take at most.</param>
    /// <param name="option">The option that the folder was given with.</param>
    public static IReadOnlyList<string> List(string folder, int? limit, string option = "--images")
    {
        if (!Directory.Exists(folder))
        {
            throw new QualityException($"There is no folder '{folder}'. Give a folder of PNG or JPEG files with {option}.");
        }

        string[] files = [.. Directory.EnumerateFiles(folder)
            .Where(file => ImageFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .OrderBy(Path.GetFileName, StringComparer.Ordinal)
            .Take(limit ?? int.MaxValue)];
        return files.Length > 0 ? files : throw new QualityException($"Folder '{folder}' has no PNG or JPEG file. Give a folder of pictures with {option}.");
    }

    /// <summary>Name of a folder without the folders it lies in.</summary>
    public static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
