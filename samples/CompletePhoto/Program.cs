using CompletePhoto;
using PhotoCommands;
using Spectre.Console;

return await PhotoCommand.StartAsync(CompleteCommand.Create(AnsiConsole.Console), args);
