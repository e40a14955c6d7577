using ImageRestoration.ImageSharp;

namespace RestorePhoto;

/// <summary>Decides which photographs are restored and where each result goes.</summary>
internal static class OutputPlan
{
    private static readonly StringComparer _paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Makes the plan. No output has the name of another output, and none that of an input.</summary>
    public static IReadOnlyList<PlannedPhoto> Create(IEnumerable<string> inputs, string outputFolder, bool recursive, bool overwrite)
    {
        string output = Path.GetFullPath(outputFolder);
        if (File.Exists(output))
        {
            throw new IOException($"The output folder '{output}' is a file. Give the path of a folder with --output.");
        }

        List<(string Input, string Relative)> found = [];
        foreach (string input in inputs)
        {
            found.AddRange(Directory.Exists(input) ? Search(input, output, recursive) : [(Path.GetFullPath(input), Path.GetFileName(input))]);
        }

        found = [.. found.DistinctBy(file => file.Input, _paths)];
        var originals = new HashSet<string>(found.Select(file => RealPath(file.Input)), _paths);
        var taken = new HashSet<string>(_paths);
        return [.. found.Select(file => Place(file.Input, Path.Combine(output, file.Relative), originals, taken, overwrite))];
    }

    private static PlannedPhoto Place(string input, string wanted, HashSet<string> originals, HashSet<string> taken, bool overwrite)
    {
        // Photographs of one name from several folders: the later ones are numbered.
        string output = wanted;
        for (int number = 2; !taken.Add(output); number++)
        {
            output = Path.Combine(Path.GetDirectoryName(wanted)!, $"{Path.GetFileNameWithoutExtension(wanted)}-{number}{Path.GetExtension(wanted)}");
        }

        string? fault = originals.Contains(RealPath(output))
            ? $"'{output}' is itself a photograph to restore and is not replaced. Give another folder with --output."
            : File.Exists(output) && !overwrite
                ? $"'{output}' exists. Give another folder with --output, or replace it with --overwrite."
                : null;
        return new PlannedPhoto(input, output, fault);
    }

    /// <summary>The path with links among its folders followed; two paths of one file become the same.</summary>
    private static string RealPath(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        if (folder is null)
        {
            return file;
        }

        string target = Directory.Exists(folder) ? Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder : folder;
        return Path.Combine(RealPath(target), Path.GetFileName(file));
    }

    private static IEnumerable<(string Input, string Relative)> Search(string folder, string output, bool recursive)
    {
        string root = Path.GetFullPath(folder);
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, IgnoreInaccessible = false };
        List<(string Input, string Relative)> found = [.. Directory.EnumerateFiles(root, "*", options)
            .Where(file => ImageFile.Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))

            // Results of an earlier run are not restored once more; a folder restored into itself is refused file by file.
            .Where(file => _paths.Equals(output, root) || !file.StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Order(_paths)
            .Select(file => (file, Path.GetRelativePath(root, file)))];
        return found.Count > 0
            ? found
            : throw new IOException($"The folder '{root}' holds no photograph ({string.Join(", ", ImageFile.Extensions)}).{(recursive ? "" : " Folders within it are searched with --recursive.")}");
    }
}
