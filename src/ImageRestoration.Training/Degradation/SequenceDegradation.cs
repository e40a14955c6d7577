using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Degradation;

/// <summary>
/// Applies degradations one after another. A step that changes the targets of training pairs changes them wherever it stands, and the
/// degraded picture with them.
/// </summary>
public sealed class SequenceDegradation : PerImagePairDegradation, IDescribed
{
    private readonly IDegradation[] _steps;

    /// <summary>Creates the sequence.</summary>
    /// <param name="steps">What is applied, the first first. Without any, pictures stay as they are.</param>
    public SequenceDegradation(params ReadOnlySpan<IDegradation> steps)
    {
        _steps = steps.ToArray();
        for (int i = 0; i < _steps.Length; i++)
        {
            if (_steps[i] is null)
            {
                throw new ArgumentException(Invariant($"Step {i} is null. Every step is a degradation."), nameof(steps));
            }
        }
    }

    /// <summary>What is applied, the first first.</summary>
    public IReadOnlyList<IDegradation> Steps => _steps;

    /// <inheritdoc/>
    public override bool ChangesTarget => Array.Exists(_steps, Changes);

    /// <inheritdoc/>
    void IDescribed.Describe(SettingList settings) => settings.AddDegradations(nameof(Steps), _steps);

    /// <inheritdoc/>
    protected override void ApplyToImage(ImageTensor picture, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (IDegradation step in _steps)
        {
            step.Apply(picture, Changes(step) ? new SeededRandom(Seed(random)) : random);
        }
    }

    /// <inheritdoc/>
    protected override void ApplyToImagePair(ImageTensor target, ImageTensor degraded, Random random)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(degraded);
        ArgumentNullException.ThrowIfNull(random);
        target.Span.CopyTo(degraded.Span);
        foreach (IDegradation step in _steps)
        {
            if (step is IPairDegradation { ChangesTarget: true } pair)
            {
                // The pair's own degraded picture is made of the target alone; what earlier steps did is in the other, which gets the same
                // change.
                ulong seed = Seed(random);
                using ImageTensor ofTarget = ImageTensor.CreateUninitialized(target.Shape);
                pair.ApplyToPair(target, ofTarget, new SeededRandom(seed));
                step.Apply(degraded, new SeededRandom(seed));
            }
            else
            {
                step.Apply(degraded, random);
            }
        }
    }

    private static bool Changes(IDegradation step) => step is IPairDegradation { ChangesTarget: true };

    /// <summary>A step that changes both pictures runs twice, with numbers that do not depend on how many the first run takes.</summary>
    private static ulong Seed(Random random) => (ulong)random.NextInt64();
}
