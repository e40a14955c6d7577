using ImageRestoration.Data;

namespace ImageRestoration.TorchSharp;

/// <summary>Settings of <see cref="Trainer"/>.</summary>
public sealed record TrainerOptions : IDescribed
{
    private const double DefaultLossScale = 65_536;

    // 2^126: products with it are still float32.
    private const double LargestLossScale = 8.5070591730234616e37;

    /// <summary>Steps of the whole run.</summary>
    /// <value>Default 10,000.</value>
    public long Steps { get; init; } = 10_000;

    /// <summary>
    /// Length of the run in epochs, in place of <see cref="Steps"/>: in an epoch every picture is drawn once, so it has as many patches as
    /// there are pictures, however many would fit into one. By <see cref="Steps"/> where <see langword="null"/>.
    /// </summary>
    /// <value>Above 0, may be a fraction; default <see langword="null"/>.</value>
    public double? Epochs { get; init; }

    /// <summary>What is minimised.</summary>
    /// <value>Default <see cref="CharbonnierLoss"/>.</value>
    public Loss Loss { get; init; } = new CharbonnierLoss();

    /// <summary>How a batch becomes gradients.</summary>
    /// <value>Default <see cref="RestorationObjective"/>.</value>
    public TrainingObjective Objective { get; init; } = new RestorationObjective();

    /// <summary>How gradients change the weights.</summary>
    /// <value>Default <see cref="AdamWOptions"/>.</value>
    public OptimizerOptions Optimizer { get; init; } = new AdamWOptions();

    /// <summary>Largest learning rate, reached after the warm-up.</summary>
    /// <value>Default 0.001.</value>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Smallest learning rate of the schedule.</summary>
    /// <value>Default 0.000001.</value>
    public double MinimumLearningRate { get; init; } = 1e-6;

    /// <summary>Course of the learning rate after the warm-up.</summary>
    /// <value>Default <see cref="CosineSchedule"/>.</value>
    public LearningRateSchedule Schedule { get; init; } = new CosineSchedule();

    /// <summary>Steps over which the learning rate rises linearly at the start.</summary>
    /// <value>Default 200.</value>
    public long WarmupSteps { get; init; } = 200;

    /// <summary>Batches whose gradients are averaged for one step: a larger batch in the same memory.</summary>
    /// <value>Default 1.</value>
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>Largest norm of all gradients together; larger ones are scaled down. <see langword="null"/> for no limit.</summary>
    /// <value>Default 1.</value>
    public double? GradientClipNorm { get; init; } = 1.0;

    /// <summary>Decay of the exponential moving average of the weights, which is the model that training returns.</summary>
    /// <value>Default 0.999.</value>
    public double EmaDecay { get; init; } = 0.999;

    /// <summary>Number type of convolutions in forward and backward pass. Master weights are float32.</summary>
    /// <value>Default <see cref="ComputePrecision.BFloat16"/>.</value>
    public ComputePrecision Precision { get; init; } = ComputePrecision.BFloat16;

    /// <summary>
    /// Factor of the loss in the backward pass, taken out of the gradients again, so that small ones do not vanish in 16 bits. Where
    /// gradients overflow, the step changes nothing and the factor is halved; after 2,000 steps without, it is doubled.
    /// </summary>
    /// <value>
    /// A power of two of at least 1; default <see langword="null"/>: 65,536 with <see cref="ComputePrecision.Float16"/>, otherwise none.
    /// </value>
    public double? LossScale { get; init; }

    /// <summary>Where training runs: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <value>Default <c>cpu</c>.</value>
    public string Device { get; init; } = "cpu";

    /// <summary>Threads that libtorch uses within an operation, for the whole process; unchanged where <see langword="null"/>.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public int? Threads { get; init; }

    /// <summary>
    /// Path of the checkpoint that is written while training, when it is cancelled and at its end; none where <see langword="null"/>.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? CheckpointPath { get; init; }

    /// <summary>Steps between checkpoints.</summary>
    /// <value>Default 500.</value>
    public long CheckpointInterval { get; init; } = 500;

    /// <summary>Pictures to score the averaged weights on; none where <see langword="null"/>.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public ValidationSet? Validation { get; init; }

    /// <summary>Steps between validations.</summary>
    /// <value>Default 1,000.</value>
    public long ValidationInterval { get; init; } = 1_000;

    /// <summary>Validations without a new best score after which training ends early; never where <see langword="null"/>.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>
    /// Training ends when the mean loss of <see cref="ConvergenceWindow"/> steps is not below that of as many steps before by this share of
    /// it; never where <see langword="null"/>. Fits learning rates that stay or fall by steps; larger patches change the loss too.
    /// </summary>
    /// <value>At least 0, below 1, such as 0.005; default <see langword="null"/>.</value>
    public double? ConvergenceTolerance { get; init; }

    /// <summary>Steps over which the loss is averaged for <see cref="ConvergenceTolerance"/>.</summary>
    /// <value>Default 2,000.</value>
    public long ConvergenceWindow { get; init; } = 2_000;

    /// <summary>Path of a model file with the weights of the best validation so far; none where <see langword="null"/>.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? BestModelPath { get; init; }

    /// <summary>
    /// Given each validation with its pictures, on the training thread, which waits for it; nobody where <see langword="null"/>.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public Action<ValidationReport>? OnValidated { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Not <see cref="Epochs"/>, which are <see cref="Steps"/> by then. Not where the run is computed (<see cref="Device"/>,
    /// <see cref="Threads"/>): it is the same but for rounding, and may go on elsewhere. Not what is written or told on the way
    /// (<see cref="CheckpointPath"/>, <see cref="CheckpointInterval"/>, <see cref="BestModelPath"/>, <see cref="OnValidated"/>). Scores
    /// change the run only where something goes by them.
    /// </remarks>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(Steps), Steps);
        settings.Add(nameof(Loss), Loss.Description);
        settings.Add(nameof(Objective), Objective.Description);
        settings.Add(nameof(Optimizer), Optimizer);
        settings.Add(nameof(LearningRate), LearningRate);
        settings.Add(nameof(MinimumLearningRate), MinimumLearningRate);
        settings.Add(nameof(Schedule), Schedule);
        settings.Add(nameof(WarmupSteps), WarmupSteps);
        settings.Add(nameof(GradientAccumulation), GradientAccumulation);
        settings.Add(nameof(GradientClipNorm), GradientClipNorm);
        settings.Add(nameof(EmaDecay), EmaDecay);
        settings.Add(nameof(Precision), Precision);
        settings.Add(nameof(LossScale), CreateLossScaler()?.Scale);
        settings.Add(nameof(EarlyStoppingPatience), EarlyStoppingPatience);
        settings.Add(nameof(ConvergenceTolerance), ConvergenceTolerance);
        settings.Add(nameof(ConvergenceWindow), ConvergenceTolerance is null ? null : ConvergenceWindow);
        bool goesByScores = EarlyStoppingPatience is not null || Schedule is PlateauSchedule;
        settings.Add(nameof(Validation), goesByScores ? Validation?.Digest() : null);
        settings.Add(nameof(ValidationInterval), goesByScores ? ValidationInterval : null);
    }

    /// <summary>Steps of the whole run on this data.</summary>
    internal long StepsFor(PatchSampler sampler)
        => Epochs is { } epochs
            ? StopRules.StepsOf(epochs, sampler.TurnsPerEpoch, sampler.Options.BatchSize * GradientAccumulation)
            : Steps;

    /// <summary>What scales the loss, if anything.</summary>
    internal LossScaler? CreateLossScaler()
        => LossScale is { } scale ? new LossScaler(scale) : Precision == ComputePrecision.Float16 ? new LossScaler(DefaultLossScale) : null;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        Check(Steps >= 1, $"Steps is {Steps} and must be at least 1.");
        Check(Epochs is null or (> 0 and < double.PositiveInfinity), $"Epochs is {Epochs} and must be above 0 or null.");
        Check(Loss is not null, $"Loss is null; name one.");
        Check(Objective is not null, $"Objective is null; name one.");
        errors.AddRange(Objective?.CriticOptimizer.Optimizer.Errors() ?? []);
        Check(Optimizer is not null, $"Optimizer is null; name one.");
        Check(Schedule is not null, $"Schedule is null; name one.");
        errors.AddRange(Optimizer?.Errors() ?? []);
        errors.AddRange(Schedule?.Errors() ?? []);
        Check(LearningRate > 0 && double.IsFinite(LearningRate), $"LearningRate is {LearningRate} and must be above 0.");
        Check(
            MinimumLearningRate >= 0 && MinimumLearningRate <= LearningRate,
            $"MinimumLearningRate is {MinimumLearningRate} and must be 0 to LearningRate.");
        Check(WarmupSteps >= 0, $"WarmupSteps is {WarmupSteps} and must not be negative.");
        Check(GradientAccumulation >= 1, $"GradientAccumulation is {GradientAccumulation} and must be at least 1.");
        Check(GradientClipNorm is null or > 0, $"GradientClipNorm is {GradientClipNorm} and must be above 0 or null.");
        Check(EmaDecay is >= 0 and < 1, $"EmaDecay is {EmaDecay} and must be in [0, 1).");
        Check(!string.IsNullOrWhiteSpace(Device), $"Device is empty and must be 'cpu', 'cuda' or 'cuda:N'.");
        Check(
            LossScale is null or (>= 1 and <= LargestLossScale)
                && (LossScale is not { } scale || Math.ScaleB(1, Math.ILogB(scale)) == scale),
            $"LossScale is {LossScale} and must be a power of two from 1 to 2^126, or null.");
        Check(Enum.IsDefined(Precision), $"Precision {Precision} is unknown.");
        Check(Threads is null or >= 1, $"Threads is {Threads} and must be at least 1 or null.");
        Check(CheckpointInterval >= 1, $"CheckpointInterval is {CheckpointInterval} and must be at least 1.");
        Check(ValidationInterval >= 1, $"ValidationInterval is {ValidationInterval} and must be at least 1.");
        Check(EarlyStoppingPatience is null or >= 1, $"EarlyStoppingPatience is {EarlyStoppingPatience} and must be at least 1 or null.");
        Check(
            ConvergenceTolerance is null or (>= 0 and < 1),
            $"ConvergenceTolerance is {ConvergenceTolerance} and must be at least 0 and below 1, or null.");
        Check(ConvergenceWindow >= 1, $"ConvergenceWindow is {ConvergenceWindow} and must be at least 1.");
        Check(
            Validation is not null
                || EarlyStoppingPatience is null && BestModelPath is null && OnValidated is null && Schedule is not PlateauSchedule,
            $"EarlyStoppingPatience, BestModelPath, OnValidated and PlateauSchedule go by validation scores; set Validation too.");
        if (errors.Count > 0)
        {
            throw new ArgumentException("TrainerOptions: " + string.Join(' ', errors), parameterName);
        }

        void Check(bool valid, FormattableString error)
        {
            if (!valid)
            {
                errors.Add(Invariant(error));
            }
        }
    }
}
