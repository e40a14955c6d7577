namespace ImageRestoration.TorchSharp;

/// <summary>
/// Keeps small gradients from vanishing in float16: the loss is multiplied before the backward pass and the gradients divided after it
/// (Micikevicius et al. 2018, arXiv:1710.03740, section 3.2). The factor is a power of two, so that scaling itself rounds nothing.
/// </summary>
internal sealed class LossScaler(double scale)
{
    /// <summary>Steps without overflow after which the factor is doubled.</summary>
    internal const int GrowthInterval = 2_000;

    /// <summary>The factor.</summary>
    internal double Scale { get; private set; } = scale;

    /// <summary>Steps without overflow since the factor changed.</summary>
    internal int GoodSteps { get; private set; }

    /// <summary>Notes whether a step's gradients were finite, and changes the factor.</summary>
    /// <returns>
    /// Whether there is a factor left to try: without any scaling, gradients that are not finite are no matter of the factor.
    /// </returns>
    internal bool Note(bool finite)
    {
        if (!finite)
        {
            Scale /= 2;
            GoodSteps = 0;
        }
        else if (++GoodSteps == GrowthInterval)
        {
            Scale *= 2;
            GoodSteps = 0;
        }

        return Scale >= 1;
    }

    internal void Restore(double scale, int goodSteps)
    {
        Scale = scale;
        GoodSteps = goodSteps;
    }
}
