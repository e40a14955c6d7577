using System.Diagnostics;
using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Benchmarks;

/// <summary>
/// Training, in rounds that somebody else sets off: <c>--training unet|convae [--steps N] [--threads T] [--precision P] [--device D] [--batch B] [--patch S]</c> trains N steps
/// for each line of standard input, and prints a line for each: patches per second, processor time per step in milliseconds, and the share
/// of the time that was spent waiting for data. The first line, <c>ready</c>, comes after the warm-up.
/// </summary>
internal static class TrainingReport
{
    public const string Option = "--training";

    private const int WarmUp = 3;
    private const int Pictures = 64;
    private const int PictureSize = 160;

    public static async Task<int> RunAsync(string[] arguments)
    {
        string name = arguments.Length > 0 ? arguments[0] : string.Empty;
        var settings = arguments.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);
        if (name is not ("unet" or "convae") || settings.Keys.Except(["--steps", "--threads", "--precision", "--device", "--batch", "--patch"]).Any())
        {
            await Console.Error.WriteLineAsync("usage: --training unet|convae [--steps N] [--threads T] [--precision bfloat16|float32|float16] [--device cpu|cuda] [--batch B] [--patch S]");
            return 2;
        }

        int steps = int.Parse(settings.GetValueOrDefault("--steps", "10"), CultureInfo.InvariantCulture);
        TrainerOptions options = new()
        {
            Steps = 1_000_000_000,
            WarmupSteps = 0,
            Schedule = new ConstantSchedule(),
            Threads = int.Parse(settings.GetValueOrDefault("--threads", "1"), CultureInfo.InvariantCulture),
            Device = settings.GetValueOrDefault("--device", "cpu"),
            Precision = Enum.Parse<ComputePrecision>(settings.GetValueOrDefault("--precision", nameof(ComputePrecision.BFloat16)), ignoreCase: true),
        };
        bool isUnet = name == "unet";
        Network network = isUnet ? UNet.Create() : ConvAutoencoder.Create();
        options = isUnet ? options : options with { Loss = new MeanSquaredErrorLoss(), Optimizer = new AdamOptions() };
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), new ModelInfo { Name = network.Name, Task = RestorationTask.Denoise });
        var data = new PatchSamplerOptions
        {
            BatchSize = int.Parse(settings.GetValueOrDefault("--batch", isUnet ? "16" : "32"), CultureInfo.InvariantCulture),
            PatchSizes = [new PatchSize(0, int.Parse(settings.GetValueOrDefault("--patch", isUnet ? "64" : "32"), CultureInfo.InvariantCulture))],
        };
        using var trainer = new Trainer(model, new PatchSampler(new MemoryPictures(), new GaussianNoise(0, 55), data), options);
        using var end = new CancellationTokenSource();
        try
        {
            await trainer.TrainAsync(new Rounds(steps, data.BatchSize, end), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return 0;
        }

        return 0;
    }

    /// <summary>Called on the training thread: holds it between rounds.</summary>
    private sealed class Rounds(int steps, int batch, CancellationTokenSource end) : IProgress<TrainingProgress>
    {
        private long _start;
        private TimeSpan _startCpu;
        private TimeSpan _startWait;

        public void Report(TrainingProgress value)
        {
            long done = value.Step - WarmUp;
            TimeSpan wait = value.Elapsed * value.DataWaitShare;
            if (done < 0 || done % steps != 0)
            {
                return;
            }

            if (done == 0)
            {
                Console.WriteLine("ready");
            }
            else
            {
                TimeSpan time = Stopwatch.GetElapsedTime(_start), cpu = Environment.CpuUsage.TotalTime - _startCpu;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps * batch / time.TotalSeconds:0.00} {cpu.TotalMilliseconds / steps:0.00} {(wait - _startWait) / time:0.0000}"));
            }

            if (Console.ReadLine() is null)
            {
                end.Cancel();
            }

            _startWait = wait;
            _startCpu = Environment.CpuUsage.TotalTime;
            _start = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Decoded pictures, so that no codec takes part.</summary>
    private sealed class MemoryPictures : IPatchSource
    {
        private readonly ImageTensor _picture = SyntheticPicture.Create(PictureSize);

        public int Count => Pictures;

        public int Channels => 3;

        public string NameOf(int index) => $"picture{index}";

        public (int Height, int Width) SizeOf(int index) => (PictureSize, PictureSize);

        public void Read(int index, int top, int left, int height, int width, Span<float> destination)
        {
            for (int c = 0, i = 0; c < Channels; c++)
            {
                for (int y = top; y < top + height; y++, i += width)
                {
                    _picture.Row(0, c, y).Slice(left, width).CopyTo(destination[i..]);
                }
            }
        }
    }
}
