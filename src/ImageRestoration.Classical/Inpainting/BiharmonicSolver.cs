using System.Buffers;
using System.Numerics.Tensors;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Solves the biharmonic equation by conjugate gradients, preconditioned by one multigrid V-cycle with Chebyshev smoothing
/// (Trottenberg, Oosterlee and Schüller, "Multigrid", 2001, sections 7.8 and 10.1; Adams et al., "Parallel Multigrid Smoothing:
/// Polynomial versus Gauss–Seidel", 2003). Polynomial smoothers keep the cycle symmetric and consist of nothing but stencils.
/// </summary>
/// <remarks>
/// Double precision: the equation's condition number grows with the fourth power of a hole's width. One thread at a time.
/// </remarks>
internal sealed class BiharmonicSolver : IDisposable
{
    // The estimated error, in the range [0, 1] of the values, at which a solution is good: a fortieth of a level of 8 bits.
    private const double Tolerance = 1e-4;

    // Far above the few dozen that occur. A solution that ends here is still a smooth continuation of the known pixels.
    private const int MostIterations = 500;

    // Eight neighbours' worth of the five-point Laplacian, squared.
    private const double LargestEigenvalue = 64;
    private const int SmoothingSteps = 4;
    private const double SmoothingRange = 20;
    private const int CoarsestSteps = 30;
    private const double CoarsestRange = 400;

    private readonly BiharmonicLevel[] _levels;
    private readonly Grid[] _grids;
    private readonly double[] _rows;
    private readonly PooledVector _values;
    private readonly PooledVector _direction;
    private CancellationToken _cancellationToken;

    internal BiharmonicSolver(BiharmonicLevel[] levels, CancellationToken cancellationToken)
    {
        _levels = levels;
        _grids = Array.ConvertAll(levels, level => new Grid(level.Length, cancellationToken));
        _rows = new double[3 * levels[0].Width];
        _values = new PooledVector(levels[0].Length, cancellationToken);
        _direction = new PooledVector(levels[0].Length, cancellationToken);
    }

    /// <summary>
    /// The finest grid's values in [0, 1]: known ones and first guesses before <see cref="Solve"/>, the solution after it.
    /// </summary>
    internal Span<double> Values => _values.Span;

    public void Dispose()
    {
        _values.Dispose();
        _direction.Dispose();
        Array.ForEach(_grids, grid => grid.Dispose());
    }

    /// <summary>Replaces the values at the unknown points of <see cref="Values"/> by the solution.</summary>
    /// <returns>The iterations that it took.</returns>
    internal int Solve(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        BiharmonicLevel level = _levels[0];
        ReadOnlySpan<(int Start, int End)> segments = level.Unknown.All;
        Span<double> residual = _grids[0].Right.Span;
        Span<double> step = _grids[0].Solution.Span;
        Span<double> product = _grids[0].Product.Span;
        Span<double> direction = _direction.Span;
        level.Apply(Values, residual, _rows, _cancellationToken);
        foreach ((int from, int to) in segments)
        {
            TensorPrimitives.Negate(residual[from..to], residual[from..to]);
            direction[from..to].Clear();
        }

        double old = double.PositiveInfinity;
        for (int i = 1; i <= MostIterations; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Cycle(0);
            double inner = 0;
            double left = 0;
            foreach ((int from, int to) in segments)
            {
                inner += TensorPrimitives.Dot<double>(residual[from..to], step[from..to]);
                left = Math.Max(left, Math.Abs(TensorPrimitives.MaxMagnitude<double>(step[from..to])));
            }

            // The preconditioned residual estimates the error that is left.
            if (left <= Tolerance)
            {
                AddTimes(segments, step, 1, Values);
                return i;
            }

            foreach ((int from, int to) in segments)
            {
                TensorPrimitives.MultiplyAdd(direction[from..to], inner / old, step[from..to], direction[from..to]);
            }

            old = inner;
            level.Apply(direction, product, _rows, _cancellationToken);
            double curvature = 0;
            foreach ((int from, int to) in segments)
            {
                curvature += TensorPrimitives.Dot<double>(direction[from..to], product[from..to]);
            }

            AddTimes(segments, direction, inner / curvature, Values);
            AddTimes(segments, product, -inner / curvature, residual);
        }

        return MostIterations;
    }

    private static void AddTimes(ReadOnlySpan<(int Start, int End)> segments, ReadOnlySpan<double> x, double factor, Span<double> y)
    {
        foreach ((int from, int to) in segments)
        {
            TensorPrimitives.MultiplyAdd(x[from..to], factor, y[from..to], y[from..to]);
        }
    }

    /// <summary>One V-cycle from zero: turns a level's right side into an approximate solution.</summary>
    private void Cycle(int index)
    {
        BiharmonicLevel level = _levels[index];
        Grid grid = _grids[index];
        if (index + 1 == _levels.Length)
        {
            Smooth(level, grid, CoarsestSteps, CoarsestRange, fromZero: true);
            return;
        }

        Smooth(level, grid, SmoothingSteps, SmoothingRange, fromZero: true);
        ComputeResidual(level, grid);
        level.Restrict(_levels[index + 1], grid.Residual.Span, _grids[index + 1].Right.Span, _cancellationToken);
        Cycle(index + 1);
        level.AddInterpolated(_levels[index + 1], _grids[index + 1].Solution.Span, grid.Solution.Span, _cancellationToken);
        Smooth(level, grid, SmoothingSteps, SmoothingRange, fromZero: false);
    }

    private void ComputeResidual(BiharmonicLevel level, Grid grid)
    {
        level.Apply(grid.Solution.Span, grid.Product.Span, _rows, _cancellationToken);
        foreach ((int from, int to) in level.Unknown.All)
        {
            TensorPrimitives.Subtract(grid.Right.Span[from..to], grid.Product.Span[from..to], grid.Residual.Span[from..to]);
        }
    }

    /// <summary>Chebyshev iteration that damps all eigenvalues from the largest down to the largest divided by a range.</summary>
    private void Smooth(BiharmonicLevel level, Grid grid, int steps, double range, bool fromZero)
    {
        const double highest = LargestEigenvalue;
        double lowest = highest / range;
        double centre = (highest + lowest) / 2;
        double radius = (highest - lowest) / 2;
        double sigma = centre / radius;
        double rho = 1 / sigma;
        if (!fromZero)
        {
            ComputeResidual(level, grid);
        }

        Span<double> solution = grid.Solution.Span;
        Span<double> residual = grid.Residual.Span;
        Span<double> update = grid.Update.Span;
        Span<double> product = grid.Product.Span;
        foreach ((int from, int to) in level.Unknown.All)
        {
            if (fromZero)
            {
                grid.Right.Span[from..to].CopyTo(residual[from..to]);
                solution[from..to].Clear();
            }

            TensorPrimitives.Divide(residual[from..to], centre, update[from..to]);
            TensorPrimitives.Add(solution[from..to], update[from..to], solution[from..to]);
        }

        for (int k = 1; k < steps; k++)
        {
            level.Apply(update, product, _rows, _cancellationToken);
            double next = 1 / ((2 * sigma) - rho);
            double keep = next * rho;
            double gain = 2 * next / radius;
            rho = next;
            foreach ((int from, int to) in level.Unknown.All)
            {
                Span<double> left = residual[from..to];
                Span<double> move = update[from..to];
                TensorPrimitives.Subtract(left, product[from..to], left);
                TensorPrimitives.Multiply(move, keep, move);
                TensorPrimitives.MultiplyAdd(left, gain, move, move);
                TensorPrimitives.Add(solution[from..to], move, solution[from..to]);
            }
        }
    }

    /// <summary>Working memory of one level.</summary>
    private sealed class Grid(int length, CancellationToken cancellationToken) : IDisposable
    {
        public PooledVector Right { get; } = new(length, cancellationToken);

        public PooledVector Solution { get; } = new(length, cancellationToken);

        public PooledVector Residual { get; } = new(length, cancellationToken);

        public PooledVector Update { get; } = new(length, cancellationToken);

        public PooledVector Product { get; } = new(length, cancellationToken);

        public void Dispose()
        {
            Right.Dispose();
            Solution.Dispose();
            Residual.Dispose();
            Update.Dispose();
            Product.Dispose();
        }
    }

    /// <summary>Pooled memory of zeros: what lies outside the segments is read by stencils and never written.</summary>
    private sealed class PooledVector : IDisposable
    {
        private const int Block = 1 << 20;

        private readonly double[] _memory;
        private readonly int _length;

        public PooledVector(int length, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _memory = ArrayPool<double>.Shared.Rent(length);
            _length = length;
            for (int start = 0; start < length; start += Block)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _memory.AsSpan(start, Math.Min(Block, length - start)).Clear();
            }
        }

        public Span<double> Span => _memory.AsSpan(0, _length);

        public void Dispose() => ArrayPool<double>.Shared.Return(_memory);
    }
}
