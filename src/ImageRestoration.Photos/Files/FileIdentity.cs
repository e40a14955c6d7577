namespace ImageRestoration.Photos;

/// <summary>Tells whether two paths lead to the same file.</summary>
internal static class FileIdentity
{
    internal static bool AreSame(string first, string second)
        => string.Equals(
            Resolve(first), Resolve(second), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>The full path, with links of the file and of its folders followed.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        try
        {
            string folder = Path.GetDirectoryName(full) ?? full;
            string target = (File.ResolveLinkTarget(full, returnFinalTarget: true) as FileInfo)?.FullName ?? full;
            return target != full ? Resolve(target) : folder == full ? full : Path.Combine(Resolve(folder), Path.GetFileName(full));
        }
        catch (IOException)
        {
            // A link to itself, or a path that does not exist yet.
            return full;
        }
    }
}
