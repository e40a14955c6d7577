using PhotoCommands;
using RestorePhoto;
using Spectre.Console;

return await PhotoCommand.StartAsync(RestoreCommand.Create(AnsiConsole.Console), args);
