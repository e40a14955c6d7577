using ImageRestoration.Imaging;

namespace ImageRestoration.Quality.Tasks;

/// <summary>One row of the result: a degradation at one strength. Immutable.</summary>
internal abstract class EvaluationCase
{
    /// <summary>Standard deviation of the noise on the scale [0, 255]; null for tasks without noise.</summary>
    public virtual double? Sigma => null;

    /// <summary>What the table calls the case.</summary>
    public abstract string Name { get; }

    /// <summary>Makes the degraded picture, a pure function of the case, the original and its name. The caller disposes it.</summary>
    /// <param name="original">The true picture, 1×C×H×W in [0, 1]; not changed.</param>
    /// <param name="fileName">Name of its file without the folder.</param>
    public abstract ImageTensor Degrade(ImageTensor original, string fileName);
}
