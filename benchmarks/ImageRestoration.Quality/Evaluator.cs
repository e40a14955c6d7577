using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;
using ImageRestoration.Metrics;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality;

/// <summary>
/// Scores a restorer: each picture is degraded and restored, the result rounded to 8 bits and compared with the original over all
/// pixels and channels, and the pictures' scores are averaged.
/// </summary>
internal sealed class Evaluator
{
    // Small, so that a warm-up costs nothing, and a multiple of every common stride.
    private const int WarmUpSize = 64;

    private static readonly RestorationOptions Unclamped = new() { Clamp = false };

    private readonly EvaluationOptions _options;
    private readonly IReadOnlyList<string> _files;

    public Evaluator(EvaluationOptions options)
    {
        _options = options;
        _files = ImageFolder.List(options.Images, options.Limit);
        Cases = EvaluationTask.Find(options.Task).CreateCases(options);
    }

    /// <summary>The cases, in the order of the options.</summary>
    public IReadOnlyList<EvaluationCase> Cases { get; }

    /// <summary>Number of pictures.</summary>
    public int PictureCount => _files.Count;

    /// <summary>Runs one case.</summary>
    /// <param name="evaluationCase">The case.</param>
    /// <param name="restorer">The restorer.</param>
    /// <param name="progress">Told after each picture how many are done.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task<EvaluationRow> RunAsync(EvaluationCase evaluationCase, IRestorer restorer, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        double psnr = 0, ssim = 0;
        long pixels = 0;
        TimeSpan time = TimeSpan.Zero;
        for (int i = 0; i < _files.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using ImageTensor original = await ImageFile.LoadAsync(_files[i], cancellationToken);
                using ImageTensor degraded = evaluationCase.Degrade(original, Path.GetFileName(_files[i]));
                if (i == 0)
                {
                    await WarmUpAsync(restorer, original.Channels, cancellationToken);
                }

                using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(degraded), Unclamped, cancellationToken);
                (double Psnr, double Ssim) scores = Score(original, result.Image);
                psnr += scores.Psnr;
                ssim += scores.Ssim;
                pixels += original.Shape.PixelCount;
                time += result.ComputeTime;
            }
            catch (Exception e) when (e is TensorShapeException or ArgumentException)
            {
                throw new QualityException($"'{_files[i]}': {e.Message}", e);
            }

            progress?.Report(i + 1);
        }

        return new EvaluationRow(
            _options.Task,
            ImageFolder.NameOf(_options.Images),
            evaluationCase.Sigma,
            _options.Restorer,
            _options.Backend,
            _files.Count,
            psnr / _files.Count,
            ssim / _files.Count,
            pixels / 1e6,
            time.TotalSeconds);
    }

    /// <summary>Rounds the restored picture to 8 bits, in place, and scores it.</summary>
    internal static (double Psnr, double Ssim) Score(ImageTensor original, ImageTensor restored)
    {
        Quantization.RoundTo8Bit(restored);
        return (Psnr.Compute(original, restored), Ssim.Compute(original, restored));
    }

    /// <summary>The first run of a session allocates and plans; the times are those of the runs that follow.</summary>
    private static async Task WarmUpAsync(IRestorer restorer, int channels, CancellationToken cancellationToken)
    {
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(channels, WarmUpSize, WarmUpSize));
        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(grey), Unclamped, cancellationToken);
    }
}
