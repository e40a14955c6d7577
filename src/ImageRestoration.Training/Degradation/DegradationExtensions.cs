namespace ImageRestoration.Degradation;

/// <summary>
/// Composes degradations: <c>new GaussianBlur(0.5, 2).Then(new GaussianNoise(0, 25).WithProbability(0.5)).Then(new JpegCompression(30,
/// 95))</c>.
/// </summary>
public static class DegradationExtensions
{
    /// <summary>Applies one degradation after another.</summary>
    /// <param name="first">What is applied first; a sequence gets one step more.</param>
    /// <param name="next">What is applied to the result.</param>
    /// <returns>Both as one.</returns>
    public static SequenceDegradation Then(this IDegradation first, IDegradation next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        return first is SequenceDegradation sequence
            ? new SequenceDegradation([.. sequence.Steps, next])
            : new SequenceDegradation(first, next);
    }

    /// <summary>Applies a degradation to some pictures only.</summary>
    /// <param name="degradation">What may be applied.</param>
    /// <param name="probability">0 (never) to 1 (always). Each picture of a batch is decided on its own.</param>
    /// <returns>The degradation with its probability.</returns>
    public static RandomApplyDegradation WithProbability(this IDegradation degradation, double probability)
        => new(degradation, probability);
}
