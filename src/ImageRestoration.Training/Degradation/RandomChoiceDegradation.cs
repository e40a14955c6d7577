using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Applies one of several degradations, drawn for each picture of a batch.</summary>
public sealed class RandomChoiceDegradation : PerImagePairDegradation, IDescribed
{
    private readonly IDegradation[] _choices;

    /// <summary>Sums of the weights up to each choice.</summary>
    private readonly double[] _ends;

    /// <summary>Creates a choice of equally likely degradations.</summary>
    /// <param name="choices">At least one degradation.</param>
    public RandomChoiceDegradation(params IReadOnlyList<IDegradation> choices)
        : this(choices, weights: null)
    {
    }

    /// <summary>Creates a choice of degradations with weights.</summary>
    /// <param name="choices">At least one degradation.</param>
    /// <param name="weights">
    /// As many finite numbers of at least 0, not all 0: how likely the choices are, relative to each other. <see langword="null"/> makes
    /// them equally likely.
    /// </param>
    public RandomChoiceDegradation(IReadOnlyList<IDegradation> choices, IReadOnlyList<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(choices);
        _choices = [.. choices];
        if (_choices.Length == 0 || Array.IndexOf(_choices, null) >= 0)
        {
            throw new ArgumentException("There is no degradation to choose, or one of them is null. Give at least one.", nameof(choices));
        }

        if (weights is not null && weights.Count != _choices.Length)
        {
            throw DegradationErrors.WeightCount(weights.Count, _choices.Length, nameof(weights));
        }

        _ends = new double[_choices.Length];
        double sum = 0;
        for (int i = 0; i < _ends.Length; i++)
        {
            double weight = weights is null ? 1 : weights[i];
            if (!double.IsFinite(weight) || weight < 0)
            {
                throw DegradationErrors.Weight(i, weight, nameof(weights));
            }

            _ends[i] = sum += weight;
        }

        if (!double.IsFinite(sum) || sum <= 0)
        {
            throw DegradationErrors.WeightSum(sum, nameof(weights));
        }
    }

    /// <summary>What is chosen from.</summary>
    public IReadOnlyList<IDegradation> Choices => _choices;

    /// <inheritdoc/>
    public override bool ChangesTarget => Array.Exists(_choices, choice => choice is IPairDegradation { ChangesTarget: true });

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings)
    {
        settings.AddDegradations(nameof(Choices), _choices);
        for (int i = 0; i < _ends.Length; i++)
        {
            settings.Add(Invariant($"Weights[{i}]"), i == 0 ? _ends[i] : _ends[i] - _ends[i - 1]);
        }
    }

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random) => Choose(random).Apply(picture, random);

    /// <inheritdoc/>
    protected override void ApplyToImagePair(ImageTensor target, ImageTensor degraded, Random random)
        => ApplyToPair(Choose(random), target, degraded, random);

    private IDegradation Choose(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double position = random.NextDouble() * _ends[^1];
        int choice = 0;
        while (choice < _ends.Length - 1 && position >= _ends[choice])
        {
            choice++;
        }

        return _choices[choice];
    }
}
