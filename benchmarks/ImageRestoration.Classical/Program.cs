using ImageRestoration;
using ImageRestoration.Classical.Comparison;

// One command a part of the comparison; the scripts in benchmarks/classical call them.
try
{
    switch (args)
    {
        case ["complete", .. string[] rest]:
            await CompleteCommand.RunAsync(rest);
            return 0;
        case ["restore", .. string[] rest]:
            await RestoreCommand.RunAsync(rest);
            return 0;
        default:
            Console.Error.WriteLine($"usage: complete FOLDER METHOD…   ({CompleteCommand.Usage})\n       restore FOLDER METHOD…   ({RestoreCommand.Usage})");
            return 2;
    }
}
catch (Exception e) when (e is ArgumentException or FormatException or InvalidDataException or IOException or ImageRestorationException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
