using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Benchmarks;

/// <summary>Peak memory of a restoration on each backend, each in a process of its own: <c>--memory</c>.</summary>
internal static class MemoryReport
{
    public const string Option = "--memory";

    private const int Runs = 3;
    private static readonly int[] Sizes = [256, 512];

    /// <summary>Without further arguments the report; with backend, architecture and size one measurement.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 3)
        {
            await MeasureAsync(arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture));
            return 0;
        }

        Console.WriteLine("| network | size | " + string.Join(" | ", BenchmarkRestorers.Backends.Select(b => b + " (MiB)")) + " |");
        Console.WriteLine("| --- | --- | " + string.Join(" | ", BenchmarkRestorers.Backends.Select(_ => "---")) + " |");
        foreach (string architecture in BenchmarkRestorers.Architectures)
        {
            foreach (int size in Sizes)
            {
                var cells = new List<string>();
                foreach (string backend in BenchmarkRestorers.Backends)
                {
                    cells.Add(await MeasureInChildAsync(backend, architecture, size));
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {architecture} | {size}² | {string.Join(" | ", cells)} |"));
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(string backend, string architecture, int size)
    {
        using ImageTensor image = SyntheticPicture.Create(size);
        using IRestorer restorer = BenchmarkRestorers.Create(backend, architecture, threads: 1);
        for (int run = 0; run < Runs; run++)
        {
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(image));
        }

        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64 >> 20);
    }

    private static async Task<string> MeasureInChildAsync(string backend, string architecture, int size)
    {
        string[] arguments = [Environment.GetCommandLineArgs()[0], Option, backend, architecture, size.ToString(CultureInfo.InvariantCulture)];
        using Process child = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"The measurement of {backend} ended with status {child.ExitCode}.");
    }
}
