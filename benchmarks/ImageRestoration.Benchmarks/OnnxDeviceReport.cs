using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.Benchmarks;

/// <summary>
/// Batches and tile sizes through ONNX Runtime on a device, and what the library costs over a bare session that is given the same arrays, in turns:
/// <c>--onnx [--provider cpu|cuda|tensorrt] [--precision float32|float16] [--sizes 256,512] [--batches 1,4] [--rounds 9] [--peak TFLOPS]</c>.
/// With <c>--peak</c>, the device's TFLOP/s in that precision, also its share that the network reaches.
/// </summary>
internal static class OnnxDeviceReport
{
    public const string Option = "--onnx";

    private const int WarmUp = 3;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var settings = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        if (settings.Keys.Except(["--provider", "--precision", "--sizes", "--batches", "--rounds", "--peak"]).Any())
        {
            await Console.Error.WriteLineAsync("usage: --onnx [--provider cpu|cuda|tensorrt] [--precision float32|float16] [--sizes 256,512] [--batches 1,4] [--rounds 9] [--peak TFLOPS]");
            return 2;
        }

        var options = new OnnxOptions
        {
            ExecutionProvider = Enum.Parse<OnnxExecutionProvider>(settings.GetValueOrDefault("--provider", "cpu"), ignoreCase: true),
            Precision = Enum.Parse<OnnxPrecision>(settings.GetValueOrDefault("--precision", "float32"), ignoreCase: true),
            AllowTf32 = true,
        };
        if (!OnnxProviderCheck.TryRun(options, out string? problem))
        {
            await Console.Error.WriteLineAsync(problem);
            return 1;
        }

        int rounds = int.Parse(settings.GetValueOrDefault("--rounds", "9"), CultureInfo.InvariantCulture);
        double? peak = settings.TryGetValue("--peak", out string? tera) ? double.Parse(tera, CultureInfo.InvariantCulture) * 1e12 : null;
        Network network = UNet.Create();
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = network.Name, Task = RestorationTask.Denoise });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.ExecutionProvider}, {options.Precision}, U-Net of {network.MacsPerPixel / 1000:0} kMAC per pixel, medians of {rounds} rounds in turns"));
        Console.WriteLine();
        Console.WriteLine("| size | batch | library (ms) | bare session (ms) | library / bare | megapixels/s | TFLOP/s | share of peak |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (int size in Numbers(settings.GetValueOrDefault("--sizes", "256,512,1024")))
        {
            foreach (int batch in Numbers(settings.GetValueOrDefault("--batches", "1,4,16")))
            {
                await MeasureAsync(model, options, size, batch, rounds, peak);
            }
        }

        return 0;
    }

    private static async Task MeasureAsync(Model model, OnnxOptions options, int size, int batch, int rounds, double? peak)
    {
        var shape = new ImageShape(batch, 3, size, size);
        using ImageTensor picture = SyntheticPicture.Create(size), pictures = ImageTensor.Create(shape);
        for (int i = 0; i < batch; i++)
        {
            picture.Span.CopyTo(pictures.Span[(i * picture.Span.Length)..]);
        }

        using var restorer = new OnnxRestorer(model, options);
        using var bare = new BareSession(model, options, shape, pictures.Span);
        var library = new List<double>();
        var alone = new List<double>();
        for (int round = -WarmUp; round < rounds; round++)
        {
            bool first = round % 2 == 0;
            double ours = first ? await RestoreAsync() : 0, theirs = bare.Run();
            ours = first ? ours : await RestoreAsync();
            if (round >= 0)
            {
                library.Add(ours);
                alone.Add(theirs);
            }
        }

        double seconds = Median(library), bareSeconds = Median(alone), pixels = (double)batch * size * size;
        double flops = 2 * model.Network.MacsPerPixel * pixels / seconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size}² | {batch} | {1000 * seconds:0.00} | {1000 * bareSeconds:0.00} | {seconds / bareSeconds:0.000} | {pixels / seconds / 1e6:0.00} | {flops / 1e12:0.000} | {(peak is { } all ? $"{100 * flops / all:0.0} %" : "-")} |"));

        async Task<double> RestoreAsync()
        {
            long start = Stopwatch.GetTimestamp();
            using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(pictures));
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static IEnumerable<int> Numbers(string list) => list.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A session without this library, with input and output arrays that are made once.</summary>
    private sealed class BareSession : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly RunOptions _run = new();
        private readonly OrtValue _input;
        private readonly OrtValue _output;

        public BareSession(Model model, OnnxOptions options, ImageShape shape, ReadOnlySpan<float> values)
        {
            byte[] onnx = OnnxExporter.ExportToBytes(model, new OnnxExportOptions { Precision = options.Precision });
            using var settings = new SessionOptions();
            if (options.ExecutionProvider == OnnxExecutionProvider.TensorRt)
            {
                settings.AppendExecutionProvider_Tensorrt();
            }

            if (options.ExecutionProvider != OnnxExecutionProvider.Cpu)
            {
                settings.AppendExecutionProvider_CUDA();
            }

            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
            _session = new InferenceSession(onnx, settings);
            long[] extents = [shape.Batch, shape.Channels, shape.Height, shape.Width];
            _input = OrtValue.CreateTensorValueFromMemory(values.ToArray(), extents);
            _output = OrtValue.CreateTensorValueFromMemory(new float[shape.ElementCount], extents);
        }

        public double Run()
        {
            long start = Stopwatch.GetTimestamp();
            _session.Run(_run, [_session.InputNames[0]], [_input], [_session.OutputNames[0]], [_output]);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void Dispose()
        {
            _output.Dispose();
            _input.Dispose();
            _run.Dispose();
            _session.Dispose();
        }
    }
}
