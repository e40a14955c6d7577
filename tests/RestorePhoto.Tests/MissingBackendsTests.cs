using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RestorePhoto.Tests;

/// <summary>Without libtorch and ONNX Runtime the sample still restores: C# itself computes.</summary>
public sealed class MissingBackendsTests
{
    private static readonly string[] _absent = ["TorchSharp.dll", "Microsoft.ML.OnnxRuntime.dll"];

    [Fact]
    public async Task Run_BackendsAbsent_RestoresAndRefusesTheAbsentOnes()
    {
        string folder = Directory.CreateTempSubdirectory("restore-photo").FullName;
        try
        {
            CopyProgram(folder);
            string photo = Path.Combine(AppContext.BaseDirectory, "photos", "seeding_by_clements_engelhardt.jpg");

            (int exit, string output) = await RunAsync(folder, photo, "--output", Path.Combine(folder, "out"));
            Assert.True(exit == 0, output);
            Assert.True(File.Exists(Path.Combine(folder, "out", "seeding_by_clements_engelhardt.jpg")), output);

            foreach (string backend in new[] { "onnx", "torch" })
            {
                (exit, output) = await RunAsync(folder, photo, "--output", Path.Combine(folder, backend), "--backend", backend);
                Assert.True(exit == 1, output);
                Assert.Contains("error", output, StringComparison.Ordinal);
                Assert.False(Directory.Exists(Path.Combine(folder, backend)) && Directory.EnumerateFiles(Path.Combine(folder, backend)).Any());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Copies the program without the backends, and without the list of its parts, which the host would insist on.</summary>
    private static void CopyProgram(string folder)
    {
        string natives = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        IEnumerable<string> files = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Concat([Path.Combine(AppContext.BaseDirectory, "RestorePhoto.runtimeconfig.json")])
            .Concat(Directory.Exists(natives) ? Directory.EnumerateFiles(natives).Where(f => !f.Contains("onnxruntime", StringComparison.Ordinal) && !f.Contains("orch", StringComparison.Ordinal)) : []);
        foreach (string file in files.Where(f => !_absent.Contains(Path.GetFileName(f))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    private static async Task<(int Exit, string Output)> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder, "RestorePhoto.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
