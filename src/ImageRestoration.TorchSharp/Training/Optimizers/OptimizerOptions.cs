using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// How gradients change weights. Immutable; the learning rate is the trainer's, its course that of <see cref="LearningRateSchedule"/>.
/// </summary>
/// <remarks>
/// Formulas and defaults are PyTorch's. They are written here, over torch's tensors, because the steps of TorchSharp's own optimisers
/// (0.107) fail now and then while .NET collects garbage (<see cref="KeptScalars"/>); they do resume bit for bit.
/// </remarks>
public abstract record OptimizerOptions : IDescribed
{
    private protected OptimizerOptions()
    {
    }

    /// <summary>
    /// Decay of the weights: decoupled for <see cref="AdamWOptions"/> and <see cref="MuonOptions"/>, an L2 penalty added to the gradient
    /// for the others.
    /// </summary>
    /// <value>0 or more; default 0, for <see cref="AdamWOptions"/> 0.01, for <see cref="MuonOptions"/> 0.1.</value>
    public double WeightDecay { get; init; }

    /// <summary>Name and settings in one line, the same in every culture.</summary>
    public sealed override string ToString() => SettingList.Line(this);

    void IDescribed.Describe(SettingList settings) => Describe(settings);

    /// <summary>Adds every setting.</summary>
    private protected virtual void Describe(SettingList settings) => settings.Add(nameof(WeightDecay), WeightDecay);

    /// <summary>Names of the tensors that are kept for each parameter, as in PyTorch's state dicts; each starts as zeros.</summary>
    internal abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Changes a parameter in place, without recording gradients. Scopes are the caller's.</summary>
    /// <param name="parameter">The weights.</param>
    /// <param name="gradient">Their gradient; not changed.</param>
    /// <param name="state">The tensors of <see cref="StateNames"/>; changed in place.</param>
    /// <param name="step">Number of this update, from 1.</param>
    /// <param name="learningRate">Learning rate of this step.</param>
    internal abstract void Update(Tensor parameter, Tensor gradient, ReadOnlySpan<Tensor> state, long step, double learningRate);

    internal virtual IEnumerable<string> Errors()
    {
        if (!(WeightDecay >= 0))
        {
            yield return Invariant($"Optimizer.WeightDecay is {WeightDecay} and must not be negative.");
        }
    }

    private protected static IEnumerable<string> BetaErrors(double beta1, double beta2, double epsilon)
    {
        if (beta1 is not (>= 0 and < 1))
        {
            yield return Invariant($"Optimizer.Beta1 is {beta1} and must be in [0, 1).");
        }

        if (beta2 is not (>= 0 and < 1))
        {
            yield return Invariant($"Optimizer.Beta2 is {beta2} and must be in [0, 1).");
        }

        if (!(epsilon > 0))
        {
            yield return Invariant($"Optimizer.Epsilon is {epsilon} and must be above 0.");
        }
    }
}
