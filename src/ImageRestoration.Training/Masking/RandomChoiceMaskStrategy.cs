using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>Draws each mask with one of several strategies, chosen at random with given weights.</summary>
/// <remarks>
/// With a <see cref="SeededRandom"/> and strategies that promise it, masks are the same on every platform. Instances are immutable and
/// safe for use from several threads.
/// </remarks>
public sealed class RandomChoiceMaskStrategy : IMaskStrategy, IDescribed
{
    private const double LargestWeight = 1e9;

    private readonly IMaskStrategy[] _strategies;

    /// <summary>Sum of the weights up to each strategy.</summary>
    private readonly double[] _bounds;

    /// <summary>Creates the strategy.</summary>
    /// <param name="choices">
    /// At least one strategy with its weight, above 0 and at most 10⁹. A strategy is chosen with the probability of its weight divided by
    /// the sum of all: <c>new RandomChoiceMaskStrategy((strokes, 3), (regions, 1))</c>.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There is no choice, a strategy is <see langword="null"/> or a weight is wrong; the message lists all errors.
    /// </exception>
    public RandomChoiceMaskStrategy(params IReadOnlyList<(IMaskStrategy Strategy, double Weight)> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var errors = new OptionErrors();
        if (choices.Count == 0)
        {
            errors.Add("There are none; give at least one.");
        }

        _strategies = new IMaskStrategy[choices.Count];
        _bounds = new double[choices.Count];
        double sum = 0;
        for (int i = 0; i < choices.Count; i++)
        {
            (IMaskStrategy strategy, double weight) = choices[i];
            if (strategy is null)
            {
                errors.Add(Invariant($"Strategy {i} is null."));
                continue;
            }

            errors.CheckAboveZero(Invariant($"The weight of strategy {i}"), weight, LargestWeight);
            sum += weight;
            _strategies[i] = strategy;
            _bounds[i] = sum;
        }

        errors.ThrowIfAny("choices", nameof(choices));
    }

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        for (int i = 0; i < _strategies.Length; i++)
        {
            settings.AddMasks(Invariant($"Choices[{i}]"), _strategies[i]);
            settings.Add(Invariant($"Weights[{i}]"), i == 0 ? _bounds[i] : _bounds[i] - _bounds[i - 1]);
        }
    }

    /// <inheritdoc/>
    public Mask Create(int height, int width, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double position = random.NextDouble() * _bounds[^1];
        int chosen = 0;
        while (chosen < _bounds.Length - 1 && position >= _bounds[chosen])
        {
            chosen++;
        }

        return _strategies[chosen].Create(height, width, random);
    }
}
