using System.Reflection;

namespace ImageRestoration.Quality;

/// <summary>Files of the repository that this program was built in.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = typeof(RepositoryFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Path of a file.</summary>
    /// <param name="path">Path in the repository, with '/'.</param>
    public static string Find(string path) => Path.Combine([Root, .. path.Split('/')]);
}
