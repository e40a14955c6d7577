using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;
using ImageRestoration.Masking;
using ImageRestoration.Metrics;
using ImageRestoration.Quality.Restorers;
using ImageRestoration.Quality.Tasks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality;

/// <summary>
/// Scores restorers: each picture is degraded and restored, the result rounded to 8 bits and compared with the original over all channels
/// of the pixels that the task scores, and the pictures' scores are averaged.
/// </summary>
internal sealed class Evaluator
{
    // Small, so that a warm-up costs nothing, and a multiple of every common stride.
    private const int WarmUpSize = 64;


    private readonly EvaluationOptions _options;
    private readonly IReadOnlyList<string> _files;

    public Evaluator(EvaluationOptions options)
    {
        _options = options;
        EvaluationTask task = EvaluationTask.Find(options.Task);
        Cases = task.CreateCases(options);
        _files = task.ListPictures(options);
    }

    /// <summary>The cases, in the order of the options.</summary>
    public IReadOnlyList<EvaluationCase> Cases { get; }

    /// <summary>Number of pictures.</summary>
    public int ImageCount => _files.Count;

    /// <summary>Runs one case.</summary>
    /// <param name="evaluationCase">The case.</param>
    /// <param name="name">What the user calls the restorer.</param>
    /// <param name="restorer">The restorer.</param>
    /// <param name="progress">Told after each picture how many are done.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    public async Task<EvaluationRow> RunAsync(EvaluationCase evaluationCase, string name, IRestorer restorer, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        double psnr = 0, ssim = 0, inputPsnr = 0;
        double? msSsim = 0;
        List<EdgeStatistics> edges = [];
        long pixels = 0;
        int count = 0;
        TimeSpan time = TimeSpan.Zero;
        for (int i = 0; i < _files.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using ImageTensor picture = await ImageFile.LoadAsync(_files[i], cancellationToken);
                using ImageTensor? changed = evaluationCase.CreateOriginal(picture);
                ImageTensor original = changed ?? picture;
                using EvaluationInput input = await evaluationCase.CreateInputAsync(original, new PictureFile(_files[i], i), cancellationToken);
                if (input.Missing?.CountMissing() == 0)
                {
                    // A mask picture may have its holes beyond the picture's edge: nothing to restore, nothing to score.
                    progress?.Report(i + 1);
                    continue;
                }

                // A restorer of no stated channels takes any.
                using IRestorer? adapted = restorer.Info.Channels == 0 || restorer.Info.Channels == original.Channels ? null : new ChannelAdaptingRestorer(restorer, original.Channels, leaveOpen: true);
                IRestorer fitting = adapted ?? restorer;
                if (count++ == 0)
                {
                    await WarmUpAsync(fitting, original.Channels, input.Missing is not null, evaluationCase.Options, cancellationToken);
                }

                using RestorationResult result = await fitting.RestoreAsync(new RestorationRequest(input.Degraded, input.Missing), evaluationCase.Options, cancellationToken);
                ThrowIfKnownPixelsChanged(name, input, result.Image);
                evaluationCase.Adjust(original, result.Image, input.Scored);
                PictureScores scores = PictureScores.Compute(original, result.Image, input.Scored);
                if (input.Missing is { } holes && EdgeStatistics.Compute(original, result.Image, holes) is { } found)
                {
                    edges.Add(found);
                }

                psnr += scores.Psnr;
                ssim += scores.Ssim;
                msSsim += scores.MsSsim;
                Quantization.RoundTo8Bit(input.Degraded);
                evaluationCase.Adjust(original, input.Degraded, input.Scored);
                inputPsnr += input.Scored is null ? Psnr.Compute(original, input.Degraded) : Psnr.Compute(original, input.Degraded, input.Scored);
                pixels += original.Shape.PixelCount;
                time += result.ComputeTime;
            }
            catch (Exception e) when (e is TensorShapeException or TensorValueException or MaskRequiredException or ArgumentException)
            {
                throw new QualityException($"'{_files[i]}': {e.Message}", e);
            }

            progress?.Report(i + 1);
        }

        if (count == 0)
        {
            throw new QualityException($"Case '{evaluationCase.Name}' leaves no pixel missing in any of the {_files.Count} pictures. Give masks with holes, or larger pictures.");
        }

        return new EvaluationRow(
            _options.Task,
            ImageFolder.NameOf(_options.Images),
            evaluationCase.Name,
            evaluationCase.Sigma,
            name,
            restorer switch
            {
                ClassicalMethod => ClassicalMethod.Backend,
                OpenCvRestorer => OpenCvRestorer.Backend,
                _ => _options.Backend,
            },
            count,
            psnr / count,
            ssim / count,
            msSsim / count,
            inputPsnr / count,
            pixels / 1e6,
            time.TotalSeconds)
        {
            Limit = _options.Limit,
            Threads = _options.Threads,
            Edges = EdgeStatistics.Mean(edges),
        };
    }

    /// <summary>The first run of a session allocates and plans; the times are those of the runs that follow.</summary>
    private static async Task WarmUpAsync(IRestorer restorer, int channels, bool hasMask, RestorationOptions options, CancellationToken cancellationToken)
    {
        using ImageTensor grey = ImageTensor.Create(ImageShape.Single(channels, WarmUpSize, WarmUpSize));
        Mask? mask = null;
        if (hasMask)
        {
            mask = new Mask(WarmUpSize, WarmUpSize);
            mask.Row(WarmUpSize / 2).Fill(1);
        }

        using RestorationResult result = await restorer.RestoreAsync(new RestorationRequest(grey, mask), options, cancellationToken);
    }

    /// <summary>What is not missing is not scored, so a restorer that touched it would go unnoticed.</summary>
    private static void ThrowIfKnownPixelsChanged(string name, EvaluationInput input, ImageTensor result)
    {
        if (input.Missing is not { } missing)
        {
            return;
        }

        for (int c = 0; c < result.Channels; c++)
        {
            ReadOnlySpan<float> given = input.Degraded.Plane(0, c), restored = result.Plane(0, c);
            for (int i = 0; i < given.Length; i++)
            {
                if (missing.Values[i] == 0 && given[i] != restored[i])
                {
                    throw new QualityException($"Restorer '{name}' changed a known pixel in row {i / result.Width}, column {i % result.Width}, channel {c}: {given[i]} became {restored[i]}. A inpainting keeps known pixels bit by bit; put them back.");
                }
            }
        }
    }
}
