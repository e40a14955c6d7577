using System.Diagnostics;
using System.Globalization;
using ImageRestoration;
using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Models;
using ImageRestoration.Restoration;
using RestoreTrimmed;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: RestoreTrimmed INPUT.ppm OUTPUT.ppm");
    return 2;
}

try
{
    using ImageTensor noisy = PortablePixmap.Read(args[0]);
    using var restorer = new ManagedRestorer(PretrainedModels.DenoiseColor.Load());
    using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(noisy));
    PortablePixmap.Write(result.Image, args[1]);
    using Process self = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{noisy.Width}×{noisy.Height}: {result.ComputeTime.TotalSeconds:0.00} s in the network, {(DateTime.Now - self.StartTime).TotalSeconds:0.00} s since the start, {self.PeakWorkingSet64 >> 20} MiB at most"));
    return 0;
}
catch (Exception e) when (e is ImageRestorationException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
