using ImageRestoration.Imaging;

namespace ImageRestoration.Degradation;

/// <summary>Applies degradations one after another.</summary>
public sealed class SequenceDegradation : PerPictureDegradation
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
                throw new ArgumentException($"Step {i} is null. Every step is a degradation.", nameof(steps));
            }
        }
    }

    /// <summary>What is applied, the first first.</summary>
    public IReadOnlyList<IDegradation> Steps => _steps;

    /// <inheritdoc/>
    protected override void ApplyToPicture(ImageTensor picture, Random random)
    {
        foreach (IDegradation step in _steps)
        {
            step.Apply(picture, random);
        }
    }
}
