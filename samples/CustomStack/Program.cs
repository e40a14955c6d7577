using CustomStack;
using ImageRestoration;

if (args.Length > 1)
{
    Console.Error.WriteLine("usage: CustomStack [PICTURE]");
    return 2;
}

string picture = args.Length == 1 ? args[0] : Path.Combine(AppContext.BaseDirectory, "photos", "picosdeeuropa_by_aitzol_berasategi.jpg");
using var source = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    source.Cancel();
};

try
{
    await StackRun.RunAsync(picture, Console.Out, source.Token);
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Cancelled.");
    return 130;
}
catch (ImageRestorationException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
