using static TorchSharp.torch;

namespace ImageRestoration.TorchSharp;

/// <summary>
/// Muon: weights that are matrices move along their averaged gradient with all its singular values made about 1
/// (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"), scaled to AdamW's steps and with decoupled decay
/// (Liu et al. 2025, arXiv:2502.16982, section 2.2). Learning rates that suit <see cref="AdamWOptions"/> suit it too.
/// </summary>
/// <remarks>
/// A convolution's kernels count as a matrix of one row per output channel. Biases, and matrices of fewer than 16 rows or columns,
/// such as the first and last convolution of a network and those within channels, take AdamW's step instead. The matrices are multiplied in
/// bfloat16.
/// </remarks>
public sealed record MuonOptions : OptimizerOptions
{
    private const int SmallestMatrix = 16;

    /// <summary>Creates the defaults.</summary>
    public MuonOptions() => WeightDecay = 0.1;

    /// <summary>Decay of the average of gradients.</summary>
    /// <value>In [0, 1); default 0.95.</value>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Whether the step looks ahead along the momentum.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Nesterov { get; init; } = true;

    /// <summary>Iterations of Newton and Schulz that draw the singular values towards 1.</summary>
    /// <value>1 to 20; default 5, which leaves them in about 0.7 to 1.2.</value>
    public int Iterations { get; init; } = 5;

    // Of matrices, the first is the momentum and the second stays zeros.
    internal override IReadOnlyList<string> StateNames => AdamMoments.Names;

    internal override void Update(Tensor parameter, Tensor gradient, ReadOnlySpan<Tensor> state, long step, double learningRate)
    {
        parameter.mul_(Keep(1 - (learningRate * WeightDecay)));
        if (!IsMatrix(parameter.shape))
        {
            AdamMoments.Apply(parameter, gradient, state, step, learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8);
            return;
        }

        Tensor momentum = state[0].mul_(Keep(Momentum)).add_(gradient, alpha: Keep(1 - Momentum));
        Tensor direction = Nesterov ? gradient.mul(Keep(1 - Momentum)).add_(momentum, alpha: Keep(Momentum)) : momentum;
        Tensor matrix = Orthogonalize(direction.flatten(1));
        parameter.add_(matrix.reshape(parameter.shape), alpha: -learningRate * 0.2 * Math.Sqrt(Math.Max(matrix.shape[0], matrix.shape[1])));
    }

    private protected override void Describe(SettingList settings)
    {
        base.Describe(settings);
        settings.Add(nameof(Momentum), Momentum);
        settings.Add(nameof(Nesterov), Nesterov);
        settings.Add(nameof(Iterations), Iterations);
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

        if (Iterations is not (>= 1 and <= 20))
        {
            yield return Invariant($"Optimizer.Iterations is {Iterations} and must be 1 to 20.");
        }
    }

    private static bool IsMatrix(long[] shape)
        => shape.Length >= 2 && shape[0] >= SmallestMatrix && shape[1..].Aggregate(1L, (a, b) => a * b) >= SmallestMatrix;

    /// <summary>
    /// The matrix with its singular values drawn towards 1 by the quintic iteration a·X + b·(XXᵀ)X + c·(XXᵀ)²X, whose factors are Jordan's.
    /// </summary>
    private Tensor Orthogonalize(Tensor matrix)
    {
        const float A = 3.4445f, B = -4.7750f, C = 2.0315f;
        bool isTall = matrix.shape[0] > matrix.shape[1];
        Tensor x = isTall ? matrix.transpose(0, 1) : matrix;

        // A gradient of zeros stays zeros.
        x = x.div(x.norm().Increase(1e-7)).to(ScalarType.BFloat16);
        for (int i = 0; i < Iterations; i++)
        {
            Tensor gram = x.mm(x.transpose(0, 1));
            Tensor polynomial = gram.addmm(gram, gram, beta: B, alpha: C);
            x = x.addmm(polynomial, x, beta: A, alpha: 1);
        }

        x = x.to(ScalarType.Float32);
        return isTall ? x.transpose(0, 1) : x;
    }
}
