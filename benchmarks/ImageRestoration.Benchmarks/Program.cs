using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ImageRestoration.Benchmarks;

if (args is [MemoryReport.Option, ..])
{
    return await MemoryReport.RunAsync(args[1..]);
}

if (args is [MaskedReport.Option, ..])
{
    return await MaskedReport.RunAsync(args[1..]);
}

if (args is [CancellationReport.Option, ..])
{
    return await CancellationReport.RunAsync(args[1..]);
}

if (args is [HugeReport.Option, ..])
{
    return await HugeReport.RunAsync(args[1..]);
}

if (args is [PhotoReport.Option, _, ..])
{
    return await PhotoReport.RunAsync(args[1..]);
}

if (args is [LayerReport.Option])
{
    return await LayerReport.RunAsync();
}

if (args is [TrainingReport.Option, ..])
{
    return await TrainingReport.RunAsync(args[1..]);
}

if (args is [OnnxDeviceReport.Option, ..])
{
    return await OnnxDeviceReport.RunAsync(args[1..]);
}

if (args is [JpegReport.Option, ..])
{
    return await JpegReport.RunAsync(args[1..]);
}

if (args is [PyTorchReport.Option, ..])
{
    return await PyTorchReport.RunAsync(args[1..]);
}

// In this process: restoring and building a generated project for each run, BenchmarkDotNet's default, takes longer than most of these
// benchmarks, and nothing here depends on a runtime's state.
Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMinIterationCount(5).WithMaxIterationCount(15);
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).WithArtifactsPath(FindArtifacts());
Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config)];
bool listed = args.Any(argument => argument is "--list" or "--help" or "--version" or "--info");
return listed || (summaries.Length > 0 && summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success))) ? 0 : 1;

// artifacts/benchmarks of the repository that the program was built in, or of the current folder.
static string FindArtifacts()
{
    for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "ImageRestoration.sln")))
        {
            return Path.Combine(folder.FullName, "artifacts", "benchmarks");
        }
    }

    return Path.GetFullPath(Path.Combine("artifacts", "benchmarks"));
}
