using System.Globalization;
using ImageRestoration.Data;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Restoration with a critic: a second network learns to tell restored pictures from clean ones, and the model learns to pass as clean
/// beside minimising <see cref="TrainerOptions.Loss"/>. Completed pictures are judged with their known pixels put back, and each score
/// counts by how much of its place is missing, since known pixels are the same in both (after Suvorov et al. 2022, arXiv:2109.07161,
/// section 2.2.2).
/// </summary>
/// <remarks>Both networks make one step for each batch. The critic is part of checkpoints, not of the model.</remarks>
public sealed class AdversarialObjective : TrainingObjective
{
    private readonly Network _critic;

    /// <summary>Creates the objective.</summary>
    /// <param name="critic">
    /// Network of a picture and, as a second input of one channel, the mask where the model takes masks. Its first output is the score,
    /// unbounded, of one channel and any extent; further outputs are features that may be matched.
    /// </param>
    /// <exception cref="ArgumentException">The network is no critic.</exception>
    public AdversarialObjective(Network critic)
    {
        ArgumentNullException.ThrowIfNull(critic);
        if (critic.Inputs.Length > 2 || (critic.Inputs.Length == 2 && critic.Inputs[1].Channels != 1) || critic.Outputs[0].Channels != 1)
        {
            throw ObjectiveErrors.NoCritic(critic, nameof(critic));
        }

        _critic = critic;
    }

    /// <summary>What is minimised of the scores.</summary>
    /// <value>Default <see cref="AdversarialLoss.Hinge"/>.</value>
    public AdversarialLoss AdversarialLoss { get; init; } = AdversarialLoss.Hinge;

    /// <summary>Weight of the adversarial loss beside <see cref="TrainerOptions.Loss"/>.</summary>
    /// <value>0 or more; default 0.01.</value>
    public double Weight { get; init => field = LossWeight.Required(value); } = 0.01;

    /// <summary>
    /// Weight of the mean absolute difference of the critic's features between restored and clean pictures (Wang et al. 2018,
    /// arXiv:1711.11585, equation 4).
    /// </summary>
    /// <value>0 or more; default 0.</value>
    public double FeatureMatchingWeight { get; init => field = LossWeight.Required(value); }

    /// <summary>
    /// Step at which the critic begins to learn and to count: a model that already restores keeps its critic from winning at once.
    /// </summary>
    /// <value>Default 0.</value>
    public long FromStep { get; init; }

    /// <summary>The critic's optimiser.</summary>
    /// <value>Default Adam with β1 = 0.5, as in Radford et al. 2016 (arXiv:1511.06434).</value>
    public OptimizerOptions Optimizer { get; init; } = new AdamOptions { Beta1 = 0.5 };

    /// <summary>The critic's learning rate as a multiple of the model's (Heusel et al. 2017, arXiv:1706.08500).</summary>
    /// <value>0 or more; default 1.</value>
    public double LearningRateFactor { get; init => field = LossWeight.Required(value); } = 1;

    /// <inheritdoc/>
    public override string Description
        => string.Create(
            CultureInfo.InvariantCulture,
            $"adversarial {AdversarialLoss} {Weight:R} features {FeatureMatchingWeight:R} from step {FromStep}, "
            + $"critic {_critic.Describe()}, {Optimizer} × {LearningRateFactor:R}");

    internal override Network Critic => _critic;

    internal override (OptimizerOptions Optimizer, double LearningRateFactor) CriticOptimizer => (Optimizer, LearningRateFactor);

    internal override void ThrowIfDataDoesNotFit(Model model, PatchSampler sampler)
    {
        base.ThrowIfDataDoesNotFit(model, sampler);
        if (_critic.Inputs[0].Channels != sampler.Channels)
        {
            throw ObjectiveErrors.CriticChannels(sampler.Channels, _critic);
        }

        if (_critic.Inputs.Length == 2 && sampler.Options.Masks is null)
        {
            throw ObjectiveErrors.CriticMasksMissing(_critic.Name);
        }

        if (FeatureMatchingWeight > 0 && _critic.Outputs.Length == 1)
        {
            throw ObjectiveErrors.CriticFeaturesMissing(FeatureMatchingWeight, _critic.Name);
        }

        foreach (PatchSize patch in sampler.Options.PatchSizes)
        {
            // Fails with the layer's name where a patch is too small for the critic.
            _critic.InferShapes(new ImageShape(1, sampler.Channels, patch.Size, patch.Size));
        }
    }

    internal override double AddGradients(TrainingStep step)
    {
        Tensor prediction = step.Restore(step.Input);
        Tensor loss = step.Loss.Compute(step.LossOf(prediction));
        if (step.Number < FromStep)
        {
            return step.Backward(loss);
        }

        Tensor picture = step.LossOf(prediction).WithKnownPixels();
        Tensor[] real = step.Judge(step.Target);
        Tensor? weights = step.Mask is { } missing ? ScoreWeights(missing, real[0]) : null;
        Tensor criticLoss = CriticLoss(real[0], step.Judge(picture.detach())[0], weights);
        step.Report("critic", step.Backward(criticLoss));

        step.TeachCritic(false);
        Tensor[] judged = step.Judge(picture);
        Tensor adversarial = ModelLoss(judged[0], weights);
        step.Report("adversarial", adversarial.item<float>());
        loss += adversarial * Keep(Weight);
        if (FeatureMatchingWeight > 0)
        {
            Tensor features = Enumerable.Range(1, judged.Length - 1)
                .Select(i => (judged[i] - real[i].detach()).abs().mean())
                .Aggregate((sum, term) => sum + term) / Keep(judged.Length - 1);
            step.Report("features", features.item<float>());
            loss += features * Keep(FeatureMatchingWeight);
        }

        double value = step.Backward(loss);
        step.TeachCritic(true);
        return value;
    }

    /// <summary>What the critic minimises. Scores keep their extent; means are over all of them, or weighted.</summary>
    internal Tensor CriticLoss(Tensor real, Tensor made, Tensor? weights = null) => AdversarialLoss switch
    {
        AdversarialLoss.Hinge => Mean(F.relu(Keep(1) - real), weights) + Mean(F.relu(Keep(1) + made), weights),
        AdversarialLoss.NonSaturating => Mean(F.softplus(-real), weights) + Mean(F.softplus(made), weights),
        AdversarialLoss.LeastSquares => (Mean((real - Keep(1)).square(), weights) + Mean(made.square(), weights)) * Keep(0.5),
        _ => throw new InvalidOperationException($"{nameof(AdversarialLoss)} {AdversarialLoss} is unknown."),
    };

    /// <summary>What the model minimises.</summary>
    internal Tensor ModelLoss(Tensor made, Tensor? weights = null) => AdversarialLoss switch
    {
        AdversarialLoss.Hinge => -Mean(made, weights),
        AdversarialLoss.NonSaturating => Mean(F.softplus(-made), weights),
        AdversarialLoss.LeastSquares => Mean((made - Keep(1)).square(), weights) * Keep(0.5),
        _ => throw new InvalidOperationException($"{nameof(AdversarialLoss)} {AdversarialLoss} is unknown."),
    };

    /// <summary>
    /// How much of what each score judges is missing, summing to 1: where nothing is, real and made are the same, and there is nothing to
    /// learn.
    /// </summary>
    internal static Tensor ScoreWeights(Tensor mask, Tensor scores)
    {
        Tensor shares = F.adaptive_avg_pool2d(mask, [scores.shape[2], scores.shape[3]]);
        return shares / (shares.sum() + Keep(1e-6));
    }

    private static Tensor Mean(Tensor values, Tensor? weights) => weights is null ? values.mean() : (values * weights).sum();
}
