using InpaintPhoto;
using PhotoCommands;
using Spectre.Console;

return await PhotoCommand.StartAsync(InpaintCommand.Create(AnsiConsole.Console), args);
