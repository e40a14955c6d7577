using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Stochastic gradient descent, with momentum and Nesterov's variant of it as in PyTorch (Sutskever et al. 2013).</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>Share of the last change that is kept.</summary>
    /// <value>In [0, 1); default 0: none.</value>
    public double Momentum { get; init; }

    /// <summary>Whether the gradient looks ahead along the momentum; needs a <see cref="Momentum"/> above 0.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool Nesterov { get; init; }

    internal override IReadOnlyList<string> StateNames => Momentum > 0 ? ["momentum_buffer"] : [];

    internal override void Update(Tensor parameter, Tensor gradient, ReadOnlySpan<Tensor> state, long step, double learningRate)
    {
        if (WeightDecay != 0)
        {
            gradient = gradient.add(parameter, alpha: Keep(WeightDecay));
        }

        if (Momentum > 0)
        {
            // The buffer starts as zeros, so the first gradient becomes the buffer, as in PyTorch without dampening.
            Tensor buffer = state[0].mul_(Keep(Momentum)).Increase(gradient);
            gradient = Nesterov ? gradient.add(buffer, alpha: Keep(Momentum)) : buffer;
        }

        parameter.add_(gradient, alpha: Keep(-learningRate));
    }

    private protected override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add(nameof(Momentum), Momentum);
        settings.Add(nameof(Nesterov), Nesterov);
    }

    internal override IEnumerable<string> Errors()
    {
        foreach (string error in base.Errors())
        {
            yield return error;
        }

        if (Momentum is not (>= 0 and < 1))
        {
            yield return Invariant($"Optimizer.Momentum is {Momentum} and must be in [0, 1).");
        }

        if (Nesterov && Momentum == 0)
        {
            yield return "Optimizer.Nesterov needs a Momentum above 0.";
        }
    }
}
