using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using ImageRestoration.Classical.Denoising;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Noise;

/// <summary>Estimates the noise of degraded pictures, and restores them at the strength that follows, case by case.</summary>
internal sealed class NoiseRun(EvaluationOptions options, IRestorer? model, double? modelError, TextWriter output)
{
    private static readonly RestorationOptions Unclamped = new() { Clamp = false };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        EvaluationTask task = EvaluationTask.Find(options.Task);
        IReadOnlyList<string> files = task.ListPictures(options);
        string[] scored = model is null ? [] : ["as it is, dB", $"`{model.Info.Name}`, dB", "automatic strength, dB"];
        WriteRow(["noise", "true error", "level", "least", "largest", "channels", "neighbours", "JPEG blocks", .. scored]);
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", 7 + scored.Length))}");
        double seconds = 0, megapixels = 0;
        foreach (EvaluationCase kind in task.CreateCases(options))
        {
            var measured = new List<Measurement>();
            for (int i = 0; i < files.Count; i++)
            {
                using ImageTensor picture = await ImageFile.LoadAsync(files[i], cancellationToken);
                using ImageTensor? changed = kind.CreateOriginal(picture);
                ImageTensor original = changed ?? picture;
                using EvaluationInput input = await kind.CreateInputAsync(original, new PictureFile(files[i], i), cancellationToken);
                long start = Stopwatch.GetTimestamp();
                NoiseEstimate estimate = NoiseEstimate.Of(input.Degraded);
                seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
                megapixels += original.Shape.PixelCount / 1e6;
                measured.Add(await MeasureAsync(original, input.Degraded, estimate, cancellationToken));
            }

            Write(kind.Name, measured);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{1000 * seconds / megapixels:F1} ms per megapixel"));
    }

    private async Task<Measurement> MeasureAsync(
        ImageTensor original, ImageTensor degraded, NoiseEstimate estimate, CancellationToken cancellationToken)
    {
        double before = SquaredError(original, degraded);
        if (model is null)
        {
            return new(estimate, before, 0, 0);
        }

        var request = new RestorationRequest(degraded);
        float strength = modelError is { } known ? estimate.StrengthFor(known) : estimate.StrengthFor();
        using RestorationResult full = await model.RestoreAsync(request, Unclamped, cancellationToken);
        using ImageTensor mixed = degraded.Clone();
        TensorPrimitives.Lerp(degraded.Span, full.Image.Span, strength, mixed.Span);
        Quantization.RoundTo8Bit(full.Image);
        Quantization.RoundTo8Bit(mixed);
        return new(estimate, before, SquaredError(original, full.Image), SquaredError(original, mixed));
    }

    private void Write(string name, List<Measurement> measured)
    {
        double[] levels = [.. measured.Select(m => m.Estimate.Level)];
        string[] scores = model is null
            ? []
            : [Score(measured, m => m.Before), Score(measured, m => m.Restored), Score(measured, m => m.Automatic)];
        WriteRow([
            name,
            Number(Math.Sqrt(measured.Average(m => m.Before))),
            Number(levels.Average()),
            Number(levels.Min()),
            Number(levels.Max()),
            measured.Average(m => m.Estimate.ChannelCorrelation).ToString("0.00", CultureInfo.InvariantCulture),
            measured.Average(m => m.Estimate.SpatialCorrelation).ToString("0.00", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{100 * measured.Average(m => m.Estimate.HasJpegBlocks ? 1.0 : 0):0} %"),
            .. scores,
        ]);
    }

    private void WriteRow(IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>PSNR of the mean over all pictures, some of which may not differ at all.</summary>
    private static string Score(List<Measurement> measured, Func<Measurement, double> squaredError)
    {
        double mean = measured.Average(squaredError);
        return mean == 0 ? "∞" : (10 * Math.Log10(255 * 255 / mean)).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static double SquaredError(ImageTensor original, ImageTensor other)
    {
        double distance = 255 * TensorPrimitives.Distance<float>(original.Span, other.Span);
        return distance * distance / original.Span.Length;
    }

    /// <summary>A picture's estimate, and mean squared errors on the scale [0, 255].</summary>
    private readonly record struct Measurement(NoiseEstimate Estimate, double Before, double Restored, double Automatic);
}
