using System.Diagnostics;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: RestoreTrimmed INPUT.(png|ppm) OUTPUT.(png|ppm)");
    return 2;
}

try
{
    // Row by row and tile by tile: pictures of any size, whatever the memory.
    using var restorer = new RowRestorer(new ManagedRestorer(DenoiseModels.Color.Load()));
    using IRowSource noisy = RowFile.Open(args[0]);
    TimeSpan time = TimeSpan.Zero;
    await RowFile.WriteAsync(args[1], noisy.Format, async sink => time = await restorer.RestoreAsync(noisy, sink));
    using Process self = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{noisy.Format.Width}×{noisy.Format.Height}: {time.TotalSeconds:0.00} s in the network, {(DateTime.Now - self.StartTime).TotalSeconds:0.00} s since the start, {self.PeakWorkingSet64 >> 20} MiB at most"));
    return 0;
}
catch (Exception e) when (e is ImageRestorationException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
