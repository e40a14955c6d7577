using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>Adam (Kingma and Ba 2015, arXiv:1412.6980).</summary>
public sealed record AdamOptions : OptimizerOptions
{
    /// <summary>Decay of the average of gradients.</summary>
    /// <value>In [0, 1); default 0.9.</value>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the average of squared gradients.</summary>
    /// <value>In [0, 1); default 0.999.</value>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Term added to the denominator.</summary>
    /// <value>Above 0; default 1e-8.</value>
    public double Epsilon { get; init; } = 1e-8;

    internal override IReadOnlyList<string> StateNames => AdamMoments.Names;

    internal override void Update(Tensor parameter, Tensor gradient, ReadOnlySpan<Tensor> state, long step, double learningRate)
        => AdamMoments.Apply(
            parameter,
            WeightDecay == 0 ? gradient : gradient.add(parameter, alpha: Keep(WeightDecay)),
            state,
            step,
            learningRate,
            Beta1,
            Beta2,
            Epsilon);

    private protected override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add(nameof(Beta1), Beta1);
        settings.Add(nameof(Beta2), Beta2);
        settings.Add(nameof(Epsilon), Epsilon);
    }

    internal override IEnumerable<string> Errors() => base.Errors().Concat(BetaErrors(Beta1, Beta2, Epsilon));
}
