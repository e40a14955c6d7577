namespace ImageRestoration.Photos;

/// <summary>Decides which photographs are restored and where each result goes.</summary>
internal static class PhotoPlan
{
    private static readonly StringComparer _paths = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Makes the plan. No output has the name of another output, and none that of an input.</summary>
    /// <exception cref="ImageFileException">There is nothing to do, a folder cannot be searched, or the output is no folder.</exception>
    internal static IReadOnlyList<PlannedPhoto> Create(
        IEnumerable<string> inputs, string outputFolder, PhotoBatchOptions options, IReadOnlyList<string> extensions)
    {
        string output = Path.GetFullPath(outputFolder);
        if (File.Exists(output))
        {
            throw new ImageFileException($"The output folder '{output}' is a file. Give the path of a folder.");
        }

        List<(string Input, string Relative)> found = [];
        foreach (string input in inputs)
        {
            ArgumentException.ThrowIfNullOrEmpty(input, nameof(inputs));
            found.AddRange(Directory.Exists(input)
                ? Search(input, output, options.Recursive, extensions)
                : [(Path.GetFullPath(input), Path.GetFileName(input))]);
        }

        found = [.. found.DistinctBy(file => file.Input, _paths)];
        var originals = new HashSet<string>(found.Select(file => RealPath(file.Input)), _paths);
        var taken = new HashSet<string>(_paths);
        string Wanted(string relative)
            => Path.ChangeExtension(Path.Combine(output, relative), options.Extension ?? Path.GetExtension(relative));
        return [.. found.Select(file => Place(file.Input, Wanted(file.Relative), originals, taken, options.Existing))];
    }

    private static PlannedPhoto Place(
        string input, string wanted, HashSet<string> originals, HashSet<string> taken, ExistingOutput existing)
    {
        // Photographs of one name from several folders: the later ones are numbered.
        string output = wanted;
        for (int number = 2; !taken.Add(output); number++)
        {
            output = Path.Combine(
                Path.GetDirectoryName(wanted)!,
                Invariant($"{Path.GetFileNameWithoutExtension(wanted)}-{number}{Path.GetExtension(wanted)}"));
        }

        if (originals.Contains(RealPath(output)))
        {
            return new PlannedPhoto(input, output, $"'{output}' is itself a photograph to restore and is not replaced. "
                + "Give another output folder.");
        }

        return File.Exists(output)
            ? existing switch
            {
                ExistingOutput.Skip => new PlannedPhoto(input, output, IsSkipped: true),
                ExistingOutput.Replace => new PlannedPhoto(input, output),
                _ => new PlannedPhoto(input, output, $"'{output}' exists. Give another output folder, or replace or skip what exists."),
            }
            : new PlannedPhoto(input, output);
    }

    /// <summary>The path with links among its folders followed; two paths of one file become the same.</summary>
    private static string RealPath(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        if (folder is null)
        {
            return file;
        }

        string target = Directory.Exists(folder)
            ? Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder
            : folder;
        return Path.Combine(RealPath(target), Path.GetFileName(file));
    }

    private static IEnumerable<(string Input, string Relative)> Search(
        string folder, string output, bool recursive, IReadOnlyList<string> extensions)
    {
        string root = Path.GetFullPath(folder);
        bool intoItself = _paths.Equals(output, root);
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, IgnoreInaccessible = false };
        List<(string Input, string Relative)> found;
        try
        {
            found = [.. Directory.EnumerateFiles(root, "*", options)
                .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))

                // Results of an earlier run are not restored once more; a folder restored into itself is refused file by file.
                .Where(file => intoItself || !file.StartsWith(output + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .Order(_paths)
                .Select(file => (file, Path.GetRelativePath(root, file)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageFileException(
                $"The folder '{root}' cannot be searched: {exception.Message} Check that it and the folders in it may be read.", exception);
        }

        return found.Count > 0
            ? found
            : throw new ImageFileException($"The folder '{root}' holds no photograph ({string.Join(", ", extensions)})."
                + (recursive ? "" : " Folders within it are searched when that is asked for."));
    }
}
