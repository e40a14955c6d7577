using ImageRestoration.TorchSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace ImageRestoration.Tests.TorchSharp;

public sealed class MuonOptionsTests
{
    private const double LearningRate = 0.01;

    /// <summary>Whatever the gradient's singular values are, those of the step are about equal, and its root mean square is that of AdamW's steps.</summary>
    [Theory]
    [InlineData(24, 16, 3)]
    [InlineData(16, 24, 1)]
    [InlineData(200, 2, 3)]
    public void Update_Kernels_MoveAlongAnOrthogonalMatrix(int output, int input, int kernel)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        int columns = input * kernel * kernel;
        Tensor gradient = Random(output * columns, seed: 1).reshape(output, input, kernel, kernel).mul(Column(output));
        Tensor step = StepOf(new MuonOptions { WeightDecay = 0 }, gradient).reshape(output, columns).div(-LearningRate * 0.2 * Math.Sqrt(Math.Max(output, columns)));

        Tensor gram = output <= columns ? step.mm(step.transpose(0, 1)) : step.transpose(0, 1).mm(step);
        double[] squares = [.. Eigenvalues(gram)];
        Assert.All(squares, s => Assert.InRange(Math.Sqrt(s), 0.5, 1.3));
        double along = step.mul(gradient.reshape(output, columns)).sum().item<float>();
        Assert.True(along > 0, $"The step is not along the gradient: {along}.");
    }

    [Theory]
    [InlineData(64L)]
    [InlineData(64L, 1L, 3L, 3L)]
    [InlineData(3L, 32L, 3L, 3L)]
    public void Update_BiasesAndNarrowMatrices_TakeTheStepOfAdamW(params long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor gradient = Random((int)shape.Aggregate((a, b) => a * b), seed: 2).reshape(shape);
        Tensor expected = StepOf(new AdamWOptions { WeightDecay = 0.5 }, gradient), actual = StepOf(new MuonOptions { WeightDecay = 0.5 }, gradient);
        Assert.Equal(0, actual.sub(expected).abs().max().item<float>());
    }

    [Fact]
    public void Update_GradientOfZeros_DecaysAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor step = StepOf(new MuonOptions { WeightDecay = 0.5 }, zeros([32, 32, 3, 3]));
        Assert.Equal(0, step.add(LearningRate * 0.5).abs().max().item<float>(), 1e-6f);
    }

    [Fact]
    public void Errors_ValuesOutOfRange_NameEach()
        => Assert.Equal(
            ["Optimizer.WeightDecay is -1 and must not be negative.", "Optimizer.Momentum is 1 and must be in [0, 1).", "Optimizer.Iterations is 0 and must be 1 to 20."],
            new MuonOptions { WeightDecay = -1, Momentum = 1, Iterations = 0 }.Errors());

    /// <summary>The change that a first update makes to weights of ones.</summary>
    private static Tensor StepOf(OptimizerOptions optimizer, Tensor gradient)
    {
        Tensor parameter = ones_like(gradient);
        Tensor[] state = [.. optimizer.StateNames.Select(_ => zeros_like(gradient))];
        optimizer.Update(parameter, gradient, state, step: 1, LearningRate);
        return parameter.sub(ones_like(gradient));
    }

    private static Tensor Random(int count, int seed)
    {
        var random = new Random(seed);
        return ToTorch(count, _ => random.NextSingle() - 0.5f);
    }

    /// <summary>Rows of very different sizes.</summary>
    private static Tensor Column(int rows) => ToTorch(rows, i => MathF.Exp(-4f * i / rows)).reshape(rows, 1, 1, 1);

    private static Tensor ToTorch(int count, Func<int, float> value) => TorchTensors.ToTorch([.. Enumerable.Range(0, count).Select(value)], [count], CPU);

    /// <summary>Eigenvalues of a symmetric matrix by Jacobi's rotations.</summary>
    private static IEnumerable<double> Eigenvalues(Tensor matrix)
    {
        int n = (int)matrix.shape[0];
        float[] values = TorchTensors.ToArray(matrix);
        var a = new double[n, n];
        Buffer.BlockCopy(values.Select(v => (double)v).ToArray(), 0, a, 0, n * n * sizeof(double));
        for (int sweep = 0; sweep < 30; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (Math.Abs(a[p, q]) < 1e-12)
                    {
                        continue;
                    }

                    double angle = 0.5 * Math.Atan2(2 * a[p, q], a[q, q] - a[p, p]);
                    (double sin, double cos) = Math.SinCos(angle);
                    for (int k = 0; k < n; k++)
                    {
                        (a[k, p], a[k, q]) = ((cos * a[k, p]) - (sin * a[k, q]), (sin * a[k, p]) + (cos * a[k, q]));
                    }

                    for (int k = 0; k < n; k++)
                    {
                        (a[p, k], a[q, k]) = ((cos * a[p, k]) - (sin * a[q, k]), (sin * a[p, k]) + (cos * a[q, k]));
                    }
                }
            }
        }

        return Enumerable.Range(0, n).Select(i => a[i, i]);
    }
}
