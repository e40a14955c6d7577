using System.CommandLine;
using RestorePhoto;
using Spectre.Console;

// A picture in work is finished or dropped before the process ends, so that no half of a file stays behind.
return await RestoreCommand.Create(AnsiConsole.Console)
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
