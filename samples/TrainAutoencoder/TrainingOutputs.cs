using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.TorchSharp;
using Spectre.Console;

namespace TrainAutoencoder;

/// <summary>What a run leaves: the model, the same as ONNX, a picture of samples, the course of the loss, and a card.</summary>
internal sealed class TrainingOutputs(TrainingSettings settings, TrainingTask task, int pictureCount, ValidationSet? validation)
{
    private const int GridRows = 4;

    /// <summary>Draws degraded, restored and clean pictures side by side.</summary>
    public void WriteGrid(ValidationReport report)
    {
        using ImageTensor grid = report.CreateGrid(GridRows);
        ImageFile.SaveAsync(grid, settings.Beside(".png")).GetAwaiter().GetResult();
    }

    public void Write(Model trained, long steps, TrainingStopReason stopReason)
    {
        IReadOnlyList<TrainingProgress> course = TrainingLog.Read(settings.Beside(".jsonl"));
        double? score = course.LastOrDefault(e => e.Validated)?.ValidationPsnr;
        if (score is not null)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{validation!.Pictures.Count} held-out pictures, {task.ValidationText}, PSNR");
            trained = trained.WithInfo(trained.Info with { Scores = ImmutableSortedDictionary<string, double>.Empty.Add(name, Math.Round(score.Value, 3)) });
        }

        trained.Save(settings.Output, WeightPrecision.Float16);
        Tell(settings.Output);
        if (course.Count > 0)
        {
            LossCurve.Write(settings.Beside(".svg"), course, trained.Info.Name);
            Tell(settings.Beside(".svg"));
        }

        new ModelCard(trained, settings, task, pictureCount, validation, course, steps, stopReason) { StoredPsnr = ScoreOfFile() }.Write(settings.Beside(".md"));
        Tell(settings.Beside(".md"));

        // From the file, so that both hold the same rounded weights; what ONNX Runtime makes of it is compared before anything is written.
        OnnxExporter.Export(Model.Load(settings.Output), settings.Beside(".onnx"));
        Tell(settings.Beside(".onnx"));
    }

    /// <summary>What the rounded weights are worth.</summary>
    private double? ScoreOfFile()
    {
        if (validation is null)
        {
            return null;
        }

        using var restorer = new TorchRestorer(Model.Load(settings.Output), new TorchOptions { Device = settings.Device });
        return validation.Score(restorer);
    }

    private static void Tell(string path) => AnsiConsole.MarkupLineInterpolated($"[green]written[/] {path}");
}
