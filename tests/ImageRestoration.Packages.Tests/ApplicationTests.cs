using System.Runtime.InteropServices;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Metrics;
using ImageRestoration.Numerics;
using Xunit.Abstractions;

namespace ImageRestoration.Packages.Tests;

/// <summary>The packages as their users meet them: in applications outside the repository.</summary>
[Collection(PackedLibraryTests.Name)]
public sealed class ApplicationTests(PackedLibrary packed, ITestOutputHelper log)
{
    /// <summary>
    /// Largest difference of one value in [0, 1] between two backends: that of the conformance tests, and rounding in both 16-bit files.
    /// </summary>
    private const float Tolerance = 1e-4f + (1f / 65535);

    /// <summary>Restore found no newest version of anything: a source does not answer.</summary>
    private const string SourceDoesNotAnswer = "NU1301";

    private static bool IsLinuxX64 => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    [SkippableFact]
    public async Task QuickStart_OutsideTheRepository_RestoresAPhotographInTenLines()
    {
        Skip.IfNot(
            IsLinuxX64 || (OperatingSystem.IsWindows() && RuntimeInformation.OSArchitecture == Architecture.X64),
            "Microsoft.ML.OnnxRuntime.Gpu has natives for Linux x64 and Windows x64 alone.");
        Application application = await Application.CreateAsync(packed, "QuickStart");
        string program = await File.ReadAllTextAsync(Path.Combine(application.Folder, "Program.cs"));
        Assert.InRange(program.TrimEnd().Split('\n').Length, 1, 10);
        string readme = await File.ReadAllTextAsync(Path.Combine(packed.RepositoryRoot, "src", "ImageRestoration.ImageSharp", "README.md"));
        Assert.Contains(program, readme, StringComparison.Ordinal);

        await application.BuildAsync();

        await AssertDenoisesAsync(application);
    }

    /// <summary>docs/platforms.md tells how; this is the project file that it shows.</summary>
    [Fact]
    public async Task CpuOnly_OnnxRuntimeWithoutCuda_RestoresAPhotographWithoutTheNativesOfCuda()
    {
        Application application = await Application.CreateAsync(packed, "CpuOnly");
        string[] references =
        [
            .. (await File.ReadAllLinesAsync(Path.Combine(application.Folder, "CpuOnly.csproj")))
                .Where(line => line.Contains("OnnxRuntime\"", StringComparison.Ordinal))
                .Select(line => line.Trim().Replace(packed.Version, PackedLibrary.Metadata("VersionPrefix"), StringComparison.Ordinal)),
        ];
        Assert.Equal(2, references.Length);
        string docs = await File.ReadAllTextAsync(Path.Combine(packed.RepositoryRoot, "docs", "platforms.md"));
        Assert.All(references, reference => Assert.Contains(reference, docs, StringComparison.Ordinal));

        await application.BuildAsync();

        string[] natives =
        [
            .. Directory.EnumerateFiles(application.Output, "*onnxruntime*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(application.Output, file).Replace('\\', '/')),
        ];
        Assert.DoesNotContain(natives, file => file.Contains("cuda", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(natives, file => file.Contains("tensorrt", StringComparison.OrdinalIgnoreCase));
        string[] libraries =
        [
            "linux-x64/native/libonnxruntime.so",
            "linux-arm64/native/libonnxruntime.so",
            "osx-arm64/native/libonnxruntime.dylib",
            "win-x64/native/onnxruntime.dll",
            "win-arm64/native/onnxruntime.dll",
        ];
        foreach (string library in libraries)
        {
            // The package for CUDA has files of the same names.
            string file = "runtimes/" + library;
            Assert.Contains(file, natives);
            Assert.True(
                SameBytes(application.FileOf("Microsoft.ML.OnnxRuntime", file), Path.Combine(application.Output, file)),
                $"{file} is not that of Microsoft.ML.OnnxRuntime.");
        }

        await AssertDenoisesAsync(application);
    }

    /// <summary>Takes the newest versions that the packages' ranges allow, not the oldest, which all other tests run with.</summary>
    [SkippableFact]
    public async Task Backends_NewestDependencies_AgreeBuiltAndPublished()
    {
        Skip.IfNot(IsLinuxX64, "TorchSharp and ONNX Runtime both have natives in their packages, and load, on Linux x64 alone.");
        PackageDependency[] dependencies = [.. packed.PackageIds.SelectMany(packed.ReadForeignDependencies).Distinct()];
        Application application = await Application.CreateAsync(
            packed,
            "Backends",
            ("VERSION_OF_TorchSharp", dependencies.Single(dependency => dependency.Id == "TorchSharp").Newest),
            ("NEWEST_DEPENDENCIES", string.Join("\n    ", dependencies.Select(Reference))));

        // The project's TreatWarningsAsErrors makes errors of these; here it is said which, as a user of the packages would see them.
        (int exitCode, string output) = await application.TryRestoreAsync("linux-x64");
        Skip.If(
            exitCode != 0 && output.Contains(SourceDoesNotAnswer, StringComparison.Ordinal),
            $"The newest versions are not known here, for a package source does not answer ({SourceDoesNotAnswer}).");
        Assert.DoesNotContain("NU1603", output, StringComparison.Ordinal); // a lower bound was lifted
        Assert.DoesNotContain("NU1608", output, StringComparison.Ordinal); // an upper bound was passed
        Assert.True(exitCode == 0, output);
        IReadOnlyDictionary<string, Version> versions = application.ReadVersions();
        log.WriteLine(string.Join(", ", versions.Select(version => $"{version.Key} {version.Value}")));
        Assert.All(
            dependencies,
            dependency => Assert.True(
                dependency.Allows(versions[dependency.Id]),
                $"{dependency.Id} {versions[dependency.Id]} was taken, allowed is {dependency.Range}."));
        Assert.Equal(2, versions["SixLabors.ImageSharp"].Major);

        string original = application.FileOf("TorchSharp", "runtimes/linux-x64/native/libLibTorchSharp.so");
        byte[] before = await File.ReadAllBytesAsync(original);
        await application.BuildAsync(restore: false);
        await AssertBackendsAgreeAsync(application, application.Output);

        // Asked for, so that the step is tested on newer systems, too. On older ones the build above took it by itself.
        await application.PublishAsync("linux-x64", "-p:ImageRestorationRelaxLibstdcxx=true");
        await AssertBackendsAgreeAsync(application, application.Published);
        byte[] published = await File.ReadAllBytesAsync(Path.Combine(application.Published, "libLibTorchSharp.so"));
        Assert.Equal(before.Length, published.Length);
        Assert.Equal(1, before.Zip(published).Count(pair => pair.First != pair.Second));
        Assert.Equal(before, await File.ReadAllBytesAsync(original));

        static string Reference(PackageDependency dependency)
            => $"<PackageReference Include=\"{dependency.Id}\" Version=\"{dependency.Newest}\" />";
    }

    private async Task AssertDenoisesAsync(Application application)
    {
        (ImageTensor clean, string input) = await WriteNoisyPhotographAsync(application, "noisy.png");
        string restoredFile = Path.Combine(application.Folder, "restored.png");
        string text = await application.RunAsync(application.Output, input, restoredFile);
        Assert.Contains($"{clean.Width}×{clean.Height} pixels", text, StringComparison.Ordinal);
        await AssertDenoisedAsync(clean, input, restoredFile, gain: 8);
    }

    private async Task AssertBackendsAgreeAsync(Application application, string folder)
    {
        (ImageTensor clean, string input) = await WriteNoisyPhotographAsync(application, "noisy.jpg");
        string results = Directory.CreateDirectory(Path.Combine(folder, "results")).FullName;
        log.WriteLine(await application.RunAsync(folder, input, results));
        using ImageTensor reference = await ImageFile.LoadAsync(Path.Combine(results, "managed.png"));
        await AssertDenoisedAsync(clean, input, Path.Combine(results, "managed.png"), gain: 6);
        foreach (string backend in new[] { "onnx", "torch" })
        {
            using ImageTensor actual = await ImageFile.LoadAsync(Path.Combine(results, backend + ".png"));
            float largest = reference.Span.ToArray().Zip(actual.Span.ToArray(), (a, b) => MathF.Abs(a - b)).Max();
            log.WriteLine($"{backend}: largest difference from managed {largest:e2}");
            Assert.True(largest <= Tolerance, $"{backend} differs from managed by up to {largest}, allowed {Tolerance}.");
        }
    }

    private static async Task AssertDenoisedAsync(ImageTensor clean, string input, string output, double gain)
    {
        using ImageTensor noisy = await ImageFile.LoadAsync(input);
        using ImageTensor restored = await ImageFile.LoadAsync(output);
        double before = Psnr.Compute(clean, noisy);
        double after = Psnr.Compute(clean, restored);
        Assert.True(
            after >= before + gain,
            $"PSNR went from {before:F2} dB to {after:F2} dB, expected a gain of at least {gain} dB.");
    }

    private async Task<(ImageTensor Clean, string File)> WriteNoisyPhotographAsync(Application application, string name)
    {
        string photographs = Path.Combine(packed.RepositoryRoot, "samples", "photos");
        string path = Directory.GetFiles(photographs, "*.jpg").Order(StringComparer.Ordinal).First();
        using ImageTensor photograph = await ImageFile.LoadAsync(path);
        var shape = ImageShape.Single(3, Math.Min(333, photograph.Height), Math.Min(401, photograph.Width));
        ImageTensor clean = ImageTensor.CreateUninitialized(shape);
        int top = (photograph.Height - clean.Height) / 2;
        int left = (photograph.Width - clean.Width) / 2;
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < clean.Height; y++)
            {
                photograph.Row(0, c, y + top)[left..][..clean.Width].CopyTo(clean.Row(0, c, y));
            }
        }

        using ImageTensor noisy = clean.Clone();
        new GaussianNoise(25).Apply(noisy, new SeededRandom(1));
        string file = Path.Combine(application.Folder, name);
        await ImageFile.SaveAsync(noisy, file);
        return (clean, file);
    }

    private static bool SameBytes(string first, string second)
        => File.ReadAllBytes(first).AsSpan().SequenceEqual(File.ReadAllBytes(second));
}
