using System.Diagnostics;
using System.Runtime.InteropServices;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.TorchSharp;

/// <summary>
/// Native code that cannot be loaded, in a process of its own: this assembly, started as a program from a copy of its folder with other
/// native files.
/// </summary>
public sealed class NativeLoadTests : IDisposable
{
    internal const string OpenDevice = "--open-device";

    // TorchSharp writes what it tries to the same output.
    private const string Result = "Result: ";

    private const string Bridge = "libLibTorchSharp.so", Core = "libtorch_cpu.so";

    private readonly string _folder = Directory.CreateTempSubdirectory("native-load-tests").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The program: opens a device and says how that went.</summary>
    internal static void Open()
    {
        try
        {
            TorchRuntime.OpenDevice(new TorchOptions());
            Console.WriteLine($"{Result}opened");
        }
        catch (Exception e)
        {
            Console.WriteLine($"{Result}{e.GetType().Name}: {e.Message}");
        }
    }

    [SkippableFact]
    public async Task OpenDevice_FolderAsBuilt_IsOpened()
    {
        CopyProgram();
        Assert.Equal("opened", await RunAsync());
    }

    [SkippableFact]
    public async Task OpenDevice_LibtorchAbsent_NamesThePackage()
    {
        string native = CopyProgram();
        foreach (string file in Directory.EnumerateFiles(native).Where(file => Path.GetFileName(file) != Bridge))
        {
            File.Delete(file);
        }

        string message = await RunAsync();
        Assert.StartsWith(
            $"{nameof(BackendUnavailableException)}: libtorch cannot be loaded. libtorch ('{Core}') is absent",
            message,
            StringComparison.Ordinal);
        Assert.Contains("Reference package TorchSharp-cpu", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task OpenDevice_AnotherLibtorch_NamesBothFiles()
    {
        string native = CopyProgram();
        File.Delete(Path.Combine(native, Core));
        File.Copy(Path.Combine(native, "libc10.so"), Path.Combine(native, Core));

        string message = await RunAsync();
        Assert.StartsWith($"{nameof(BackendUnavailableException)}: libtorch cannot be loaded.", message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(native, Bridge), message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(native, Core), message, StringComparison.Ordinal);
        Assert.Contains("undefined symbol", message, StringComparison.Ordinal);
        Assert.Contains("of TorchSharp's version", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task OpenDevice_DamagedLibtorch_NamesTheFile()
    {
        string native = CopyProgram();
        File.Delete(Path.Combine(native, Core));
        await File.WriteAllTextAsync(Path.Combine(native, Core), "no library");

        string message = await RunAsync();
        Assert.StartsWith(
            $"{nameof(BackendUnavailableException)}: libtorch cannot be loaded. {Path.Combine(native, Core)}",
            message,
            StringComparison.Ordinal);
        Assert.Contains("damaged", message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task OpenDevice_LibstdcxxTooOld_NamesTheVersionAndWhatToDo()
    {
        string native = CopyProgram();
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string version = typeof(global::TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
        string original = Path.Combine(packages, "torchsharp", version, "runtimes", "linux-x64", "native", Bridge);
        Skip.IfNot(File.Exists(original), $"The file as package TorchSharp has it is not at '{original}'.");
        Skip.If(
            NativeLibrary.TryLoad("libstdc++.so.6", out IntPtr libstdcxx) && HasSymbolVersion(libstdcxx),
            "This system's libstdc++ has GLIBCXX_3.4.32.");
        File.Delete(Path.Combine(native, Bridge));
        File.Copy(original, Path.Combine(native, Bridge));

        string message = await RunAsync();
        Assert.StartsWith(
            $"{nameof(BackendUnavailableException)}: libtorch cannot be loaded. '{Path.Combine(native, Bridge)}' wants symbol version "
                + "GLIBCXX_3.4.32",
            message,
            StringComparison.Ordinal);
        Assert.All(
            ["Ubuntu 24.04", "Debian 13", "RHEL 10", "Fedora", "ImageRestorationRelaxLibstdcxx"],
            remedy => Assert.Contains(remedy, message, StringComparison.Ordinal));
    }

    /// <summary>GCC 13 is where the function came that the version is for.</summary>
    private static bool HasSymbolVersion(IntPtr libstdcxx) => NativeLibrary.TryGetExport(libstdcxx, "_ZSt21ios_base_library_initv", out _);

    /// <summary>The program's folder with links to the native files, which are large.</summary>
    /// <returns>The folder with the native files.</returns>
    private string CopyProgram()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The files and the linker's words are those of Linux on x64.");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        string runtimes = Path.Combine("runtimes", "linux-x64", "native");
        string native = Directory.CreateDirectory(Path.Combine(_folder, runtimes)).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, runtimes)))
        {
            File.CreateSymbolicLink(Path.Combine(native, Path.GetFileName(file)), file);
        }

        return native;
    }

    private async Task<string> RunAsync()
    {
        string program = Path.Combine(_folder, Path.GetFileName(typeof(NativeLoadTests).Assembly.Location));
        var start = new ProcessStartInfo("dotnet", [program, OpenDevice]) { RedirectStandardOutput = true, RedirectStandardError = true };

        // Where the application has no libtorch, TorchSharp copies that of the packages folder into it, if there is one.
        start.Environment["NUGET_PACKAGES"] = Directory.CreateDirectory(Path.Combine(_folder, "packages")).FullName;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"The program ended with {process.ExitCode}: {await errors}");
        int result = output.LastIndexOf(Result, StringComparison.Ordinal);
        Assert.True(result >= 0, $"The program said: {output}");
        return output[(result + Result.Length)..].Trim();
    }
}
