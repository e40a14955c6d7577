using ImageRestoration.Networks;
using ImageRestoration.TorchSharp;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TrainAutoencoder;

/// <summary>Shows step, loss, validation score, speed and time left: live in a terminal, a line now and then in a log.</summary>
internal static class LiveProgress
{
    private const double LossSmoothing = 0.98;
    private static readonly TimeSpan _logInterval = TimeSpan.FromSeconds(30);

    public static async Task<Model> ShowAsync(long steps, Func<IProgress<TrainingProgress>, Task<Model>> train)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
        {
            return await train(new LogProgress());
        }

        return await AnsiConsole.Live(new Text("starting …")).StartAsync(async context => await train(new LiveTable(context, steps)));
    }

    private sealed class Smoother
    {
        private double? _loss;

        public double Add(double loss) => (double)(_loss = _loss is { } old ? (LossSmoothing * old) + ((1 - LossSmoothing) * loss) : loss);
    }

    private sealed class LogProgress : IProgress<TrainingProgress>
    {
        private readonly Smoother _smoother = new();
        private TimeSpan _last = TimeSpan.MinValue;

        public void Report(TrainingProgress value)
        {
            double loss = _smoother.Add(value.Loss);
            if (value.Elapsed - _logInterval < _last && value.Step != value.Steps && !value.Validated)
            {
                return;
            }

            _last = value.Elapsed;
            Console.WriteLine(FormattableString.Invariant($"step {value.Step}/{value.Steps} epoch {value.Epoch:0.0} loss {loss:0.00000} lr {value.LearningRate:0.0e+0} |g| {value.GradientNorm:0.000} patch {value.PatchSize} psnr {value.ValidationPsnr:0.00} {value.PatchesPerSecond:0.0} patches/s wait {value.DataWaitShare:P1} left {value.Remaining:hh\\:mm\\:ss}"));
        }
    }

    private sealed class LiveTable(LiveDisplayContext context, long steps) : IProgress<TrainingProgress>
    {
        private readonly Smoother _smoother = new();
        private TimeSpan _last = TimeSpan.MinValue;

        public void Report(TrainingProgress value)
        {
            double loss = _smoother.Add(value.Loss);
            if (value.Elapsed - TimeSpan.FromMilliseconds(200) < _last && value.Step != value.Steps && !value.Validated)
            {
                return;
            }

            _last = value.Elapsed;
            context.UpdateTarget(Render(value, loss));
        }

        private IRenderable Render(TrainingProgress value, double loss)
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("step", "epoch", "loss", "validation PSNR", "patches/s", "data wait", "learning rate", "time left");
            table.AddRow(
                FormattableString.Invariant($"{value.Step:N0} / {steps:N0}"),
                FormattableString.Invariant($"{value.Epoch:N1}"),
                FormattableString.Invariant($"{loss:0.00000}"),
                value.ValidationPsnr is { } psnr ? FormattableString.Invariant($"{psnr:0.00} dB") : "–",
                FormattableString.Invariant($"{value.PatchesPerSecond:0.0}"),
                FormattableString.Invariant($"{100 * value.DataWaitShare:0.0} %"),
                FormattableString.Invariant($"{value.LearningRate:0.00e+0}"),
                FormattableString.Invariant($"{value.Remaining:hh\\:mm\\:ss}"));
            return new Rows(table, new BreakdownChart().HideTags().Width(80).AddItem("done", value.Step, Color.Green).AddItem("left", steps - value.Step, Color.Grey));
        }
    }
}
