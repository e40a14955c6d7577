using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>What Adam and AdamW share: moving averages of the gradient and of its square, and the step that follows from them.</summary>
internal static class AdamMoments
{
    internal static IReadOnlyList<string> Names { get; } = ["exp_avg", "exp_avg_sq"];

    /// <summary>Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1, with ε outside the corrected root as in PyTorch.</summary>
    internal static void Apply(
        Tensor parameter,
        Tensor gradient,
        ReadOnlySpan<Tensor> state,
        long step,
        double learningRate,
        double beta1,
        double beta2,
        double epsilon)
    {
        Tensor mean = state[0], square = state[1];
        mean.mul_(Keep(beta1)).add_(gradient, alpha: Keep(1 - beta1));
        square.mul_(Keep(beta2)).addcmul_(gradient, gradient, value: Keep(1 - beta2));
        double correction1 = 1 - Math.Pow(beta1, step), correction2 = 1 - Math.Pow(beta2, step);
        Tensor denominator = square.sqrt().div_(Keep(Math.Sqrt(correction2))).Increase(epsilon);
        parameter.addcdiv_(mean, denominator, value: Keep(-(learningRate / correction1)));
    }
}
