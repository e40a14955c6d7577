using System.CommandLine;
using ImageRestoration;
using Spectre.Console;

namespace PhotoCommands;

/// <summary>How the programs start and end.</summary>
internal static class PhotoCommand
{
    /// <summary>Runs a program.</summary>
    public static Task<int> StartAsync(RootCommand command, string[] args)
    {
        // A picture in work is finished or dropped before the process ends, so that no half of a file stays behind.
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
    }

    /// <summary>Turns the outcome of the work, or what it throws, into words and an exit code.</summary>
    /// <param name="console">Takes the words.</param>
    /// <param name="work">Says whether every photograph is done.</param>
    public static async Task<int> RunAsync(IAnsiConsole console, Func<Task<bool>> work)
    {
        try
        {
            return await work() ? ExitCode.Done : ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            console.MarkupLine("[yellow]stopped[/]; the photographs finished before are kept.");
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (exception is ImageRestorationException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            console.MarkupLineInterpolated($"[red]error[/] {exception.Message}");
            return ExitCode.Failed;
        }
    }
}
