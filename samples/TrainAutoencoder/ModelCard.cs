using System.Globalization;
using System.Text;
using ImageRestoration;
using ImageRestoration.IO;
using ImageRestoration.Metrics;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace TrainAutoencoder;

/// <summary>Says what a model is, what it was made of, how good it is and how to make it again.</summary>
internal sealed record ModelCard(Model Model, TrainingSettings Settings, TrainingTask Task, int ImageCount, ValidationSet? Validation, IReadOnlyList<TrainingProgress> Course, long Steps, TrainingStopReason StopReason)
{
    /// <summary>Score of the file, whose weights are rounded; <see langword="null"/> where no pictures were held out.</summary>
    public double? StoredPsnr { get; init; }

    public void Write(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToMarkdown())));

    public string ToMarkdown()
    {
        Network network = Model.Network;
        string file = Path.GetFileNameWithoutExtension(Settings.Output);
        int channels = network.Inputs[0].Channels;
        var text = new StringBuilder();
        Add($"# {Model.Info.Name}");
        Add($"{Model.Info.Description}");
        Add($"## Use");
        Add($"`{file}.safetensors` runs on every backend, `{file}.onnx` is the same for ONNX Runtime. Input and output: N×{channels}×H×W, float32, {(channels == 1 ? "grey" : "RGB")} in the file's encoding (usually sRGB), nominal range [0, 1]{(Task.Masks is null ? string.Empty : "; beside it a mask N×1×H×W in which 1 means missing")}. Any height and width; restorers pad to multiples of {network.SizeMultiple}.");
        Add($"## Network");
        Add($"{(Settings.Task == RestorationTask.Generate ? "Variational autoencoder" : "U-Net")} with {string.Join(", ", Settings.Channels)} channels{(Settings.Blocks is [1] ? string.Empty : $" and {string.Join(", ", Settings.Blocks)} residual blocks")}: {network.ParameterCount:N0} parameters, {network.MacsPerPixel:N0} multiply–accumulate operations per pixel, receptive field {network.ReceptiveField}. Weights are stored as float16.");
        Add($"## Data");
        Add($"{ImageCount:N0} pictures of the folder `{Path.GetFileName(Path.TrimEndingDirectorySeparator(Settings.Folder))}`{(Validation is null ? string.Empty : $", and {Validation.Pictures.Count} more that were held out to score the model")}. What made them worse: {Task.DegradationText}.");
        Add($"## Recipe");
        Add($"{Model.Info.Provenance["recipe"]}. {Ending()}");
        Add($"```\n{Settings.Command}\n```");
        Add($"All settings, as a file for `--recipe`:");
        Add($"```json\n{Settings.ToJson()}\n```");
        AddScores(file);
        return text.ToString().TrimEnd() + "\n";

        void Add(FormattableString paragraph) => text.Append(paragraph.ToString(CultureInfo.InvariantCulture)).Append("\n\n");

        void AddScores(string file)
        {
            Add($"## Scores");
            TrainingProgress[] scores = [.. Course.Where(e => e.Validated)];
            if (Validation is null || scores.Length == 0)
            {
                Add($"None: {(Validation is null ? "no pictures were held out" : "the log of the run holds none")}.");
            }
            else
            {
                TrainingProgress best = scores.MaxBy(e => e.ValidationPsnr)!;
                Add($"PSNR in dB, mean over the {Validation.Pictures.Count} held-out pictures ({Task.ValidationText}{(Settings.Task == RestorationTask.Generate ? string.Empty : "; centre crops of at most 320×320")}):");
                Add($"| | PSNR |\n| --- | --- |\n| this model | {StoredPsnr:0.000} |\n| its weights before they were rounded to float16 | {scores[^1].ValidationPsnr:0.000} |\n| best in the course of training, at step {best.Step:N0} | {best.ValidationPsnr:0.00} |\n| the degraded pictures themselves | {DegradedPsnr(Validation):0.00} |");
                Add($"![Degraded, restored and clean pictures side by side]({file}.png)");
            }

            if (Course.Count > 0)
            {
                Add($"![Loss, validation score and learning rate]({file}.svg)");
            }
        }
    }

    private static double DegradedPsnr(ValidationSet set)
        => set.Pictures.Average(p => p.Mask is null ? Psnr.Compute(p.Clean, p.Degraded) : Psnr.Compute(p.Clean, p.Degraded, p.Mask));

    private string Ending() => StopReason switch
    {
        TrainingStopReason.Converged => string.Create(CultureInfo.InvariantCulture, $"The run ended at step {Steps:N0}, where the loss no longer fell."),
        TrainingStopReason.NoBetterScore => string.Create(CultureInfo.InvariantCulture, $"The run ended at step {Steps:N0}, where the score no longer rose."),
        _ => string.Create(CultureInfo.InvariantCulture, $"The run went to its last step, {Steps:N0}."),
    };
}
