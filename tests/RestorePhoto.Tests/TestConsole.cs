using Spectre.Console;

namespace RestorePhoto.Tests;

/// <summary>A console without colours and line breaks.</summary>
internal static class TestConsole
{
    public static IAnsiConsole Create(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 500;
        return console;
    }
}
