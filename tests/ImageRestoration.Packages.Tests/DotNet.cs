using System.Diagnostics;
using System.Text;

namespace ImageRestoration.Packages.Tests;

/// <summary>Runs the dotnet command.</summary>
internal static class DotNet
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(8);

    /// <summary>Runs a command to its end and fails the test with its output if it fails.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        (int exitCode, string output) = await TryRunAsync(folder, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    /// <summary>Runs a command to its end, whatever that is.</summary>
    public static async Task<(int ExitCode, string Output)> TryRunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test runner's own build settings are not the application's.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using Process process = new() { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timeout = new CancellationTokenSource(_patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} did not end within {_patience.TotalMinutes} minutes:\n{output}");
        }

        return (process.ExitCode, output.ToString());

        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
