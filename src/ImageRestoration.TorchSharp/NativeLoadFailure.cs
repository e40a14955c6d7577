using System.Runtime.InteropServices;

namespace ImageRestoration.TorchSharp;

/// <summary>Finds out why libtorch cannot be loaded. TorchSharp's own exception says of every failure that a package is missing.</summary>
internal static class NativeLoadFailure
{
    private const string SymbolVersion = "GLIBCXX_";

    /// <summary>Which file, what it wanted, what is there and what to do.</summary>
    internal static string Explain(Exception failure)
    {
        string bridge = FileName("LibTorchSharp"), core = FileName("torch_cpu");
        string? bridgePath = Find(bridge), corePath = Find(core);
        if (bridgePath is null)
        {
            return $"'{bridge}', which comes with package TorchSharp, is not in {Searched()}. Reference TorchSharp in the "
                + $"application's project and publish for this platform ({RuntimeInformation.RuntimeIdentifier}). {Cause(failure)}";
        }

        if (corePath is null)
        {
            return $"libtorch ('{core}') is absent: it is not in {Searched()}. Reference package TorchSharp-cpu (or a TorchSharp-cuda "
                + "package) of TorchSharp's version in the application's project.";
        }

        string? error = TryLoad(corePath) ?? TryLoad(bridgePath);
        if (error is null)
        {
            return $"'{corePath}' and '{bridgePath}' load by themselves, and TorchSharp says: {Cause(failure)} Reference TorchSharp "
                + "and TorchSharp-cpu (or a TorchSharp-cuda package) of one version in the application's project.";
        }

        return error.Contains(SymbolVersion, StringComparison.Ordinal) ? OldLibstdcxx(bridgePath, error)
            : error.Contains("undefined symbol", StringComparison.Ordinal) ? $"'{bridgePath}' wants another libtorch than "
                + $"'{corePath}', which lacks a symbol of it: {error} Reference TorchSharp-cpu (or a TorchSharp-cuda package) of "
                + "TorchSharp's version, and no other libtorch beside it."
            : $"{error} The file is damaged, of another platform or lacks a library that it needs. Restore package TorchSharp-cpu (or "
                + "a TorchSharp-cuda package) again, of TorchSharp's version and for this platform "
                + $"({RuntimeInformation.RuntimeIdentifier}).";
    }

    /// <summary>What the dynamic linker says, without the advice that .NET puts before it and the attempts under other names.</summary>
    internal static string LinkerLine(string message)
    {
        string[] lines = [.. message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return lines.FirstOrDefault(l =>
                l.Contains(SymbolVersion, StringComparison.Ordinal) || l.Contains("undefined symbol", StringComparison.Ordinal))
            ?? lines.FirstOrDefault(l => l.StartsWith('/') && !l.EndsWith("No such file or directory", StringComparison.Ordinal))
            ?? lines[0];
    }

    private static string OldLibstdcxx(string bridge, string error)
    {
        int start = error.IndexOf(SymbolVersion, StringComparison.Ordinal), end = start + SymbolVersion.Length;
        while (end < error.Length && (char.IsAsciiDigit(error[end]) || error[end] == '.'))
        {
            end++;
        }

        string version = error[start..end].TrimEnd('.');
        return $"'{bridge}' wants symbol version {version} of libstdc++, and the one of this system is older: {error} "
            + "Ubuntu 24.04, Debian 13, RHEL 10 and Fedora, and later ones, have it. On older systems build the application with the "
            + "property ImageRestorationRelaxLibstdcxx=true, which copies the file with that requirement marked as weak; by "
            + "default this is done where the system that builds is an older one.";
    }

    private static string? TryLoad(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return LinkerLine(e.Message);
        }
    }

    private static string? Find(string file) => Folders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);

    private static string Searched() => string.Join(" or ", Folders().Where(Directory.Exists).Select(folder => $"'{folder}'"));

    /// <summary>
    /// Where applications have native files: those of packages as the host found them, and the folders of builds and publishes.
    /// </summary>
    private static IEnumerable<string> Folders()
    {
        string[] found = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return found.Concat([AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", PortableIdentifier(), "native")])
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
            .Distinct(StringComparer.Ordinal);
    }

    private static string PortableIdentifier()
        => (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
            + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static string FileName(string library)
        => OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string Cause(Exception failure) => failure.GetBaseException().Message.Split('\n', 2)[0].Trim();
}
