using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Robustness;

/// <summary>Gives a model inputs that it was not made for, and checks what it makes of them.</summary>
internal static class RobustnessRun
{
    private const int Levels = ushort.MaxValue;
    private const double LevelsOf8Bit = 255;

    /// <summary>Runs one input.</summary>
    /// <param name="restorer">The model.</param>
    /// <param name="input">The input.</param>
    /// <param name="fingerprint">Of the model.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <returns>The row; null where the input is not for the model's task.</returns>
    public static async Task<RobustnessRow?> RunAsync(IRestorer restorer, RobustnessInput input, string fingerprint, CancellationToken cancellationToken)
    {
        RestorationTask task = restorer.Info.Task;
        bool inpaints = restorer.Info.TakesMask;
        if (inpaints ? input.IsForWholePictures : input.IsForInpainting)
        {
            return null;
        }

        var failures = new List<string>();
        var totals = new Totals();
        foreach (Func<int, CancellationToken, Task<ImageTensor>> create in input.Pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using ImageTensor picture = await create(restorer.Info.Channels, cancellationToken);
            Mask? mask = inpaints ? input.CreateMask(picture.Height, picture.Width) : null;
            try
            {
                using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(picture, mask), options: null, cancellationToken);
                failures.AddRange(Check(picture, mask, result.Image).Select(failure => $"{picture.Height}×{picture.Width}: {failure}"));
                if (failures.Count == 0)
                {
                    totals.Add(picture, mask, result.Image);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add($"{picture.Height}×{picture.Width}: {e.GetType().Name}: {e.Message}");
            }
        }

        bool brightens = task == RestorationTask.Brighten, isMeasured = failures.Count == 0, isClean = isMeasured && input.IsClean && (input.IsPredictable || !inpaints);
        return new RobustnessRow(
            restorer.Info.Name,
            task.ToString().ToLowerInvariant(),
            fingerprint,
            input.Name,
            input.Pictures.Count,
            [.. failures.Take(3)],
            isClean && !brightens ? totals.LeastPsnr : null,
            isClean && !brightens ? totals.MaxDeviation : null,
            isClean && brightens ? totals.Brightness / input.Pictures.Count : null,
            isMeasured && input.IsRamp ? totals.Levels : null,
            isMeasured && input.IsRamp ? totals.LargestStep : null);
    }

    /// <summary>What no input may lead to.</summary>
    internal static IEnumerable<string> Check(ImageTensor picture, Mask? mask, ImageTensor result)
    {
        if (result.Shape != picture.Shape)
        {
            yield return $"the result is {result.Shape}, the picture {picture.Shape}";
            yield break;
        }

        int notFinite = 0, beyond = 0, changed = 0;
        for (int c = 0; c < picture.Channels; c++)
        {
            ReadOnlySpan<float> before = picture.Plane(0, c), after = result.Plane(0, c);
            for (int i = 0; i < after.Length; i++)
            {
                bool isKnown = mask is not null && mask.Values[i] == 0;
                notFinite += float.IsFinite(after[i]) ? 0 : 1;
                beyond += !isKnown && after[i] is < 0 or > 1 ? 1 : 0;
                changed += isKnown && before[i] != after[i] ? 1 : 0;
            }
        }

        if (notFinite > 0)
        {
            yield return $"{notFinite} values are not finite";
        }

        if (beyond > 0)
        {
            yield return $"{beyond} values lie outside of [0, 1]";
        }

        if (changed > 0)
        {
            yield return $"{changed} known values changed";
        }
    }

    private sealed class Totals
    {
        public double LeastPsnr { get; private set; } = double.PositiveInfinity;

        public double MaxDeviation { get; private set; }

        public double Brightness { get; private set; }

        public int Levels { get; private set; }

        public double LargestStep { get; private set; }

        public void Add(ImageTensor picture, Mask? mask, ImageTensor result)
        {
            double psnr = mask is null ? Psnr.Compute(picture, result) : mask.CountMissing() > 0 ? Psnr.Compute(picture, result, mask) : double.PositiveInfinity;
            LeastPsnr = Math.Min(LeastPsnr, psnr);
            double sum = 0;
            ReadOnlySpan<float> before = picture.Span, after = result.Span;
            for (int i = 0; i < after.Length; i++)
            {
                MaxDeviation = Math.Max(MaxDeviation, Math.Abs(after[i] - before[i]));
                sum += after[i] - before[i];
            }

            Brightness += sum / after.Length;
            ReadOnlySpan<float> row = result.Row(0, 0, result.Height / 2);
            var levels = new HashSet<int>();
            for (int x = 0; x < row.Length; x++)
            {
                levels.Add((int)MathF.Round(row[x] * RobustnessRun.Levels));
                LargestStep = Math.Max(LargestStep, x > 0 ? Math.Abs(row[x] - row[x - 1]) * LevelsOf8Bit : 0);
            }

            Levels = levels.Count;
        }
    }
}
