using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Tasks;

/// <summary>One row of the result: a degradation at one strength. Immutable.</summary>
internal abstract class EvaluationCase
{
    /// <summary>Standard deviation of the noise on the scale [0, 255]; null for tasks other than denoising.</summary>
    public virtual double? Sigma => null;

    /// <summary>What rows and scores call the case.</summary>
    public abstract string Name { get; }

    /// <summary>Settings of the restorer: values are not limited before they are scored, unless a case says otherwise.</summary>
    public virtual RestorationOptions Options => new() { Clamp = false };

    /// <summary>Makes the true picture of one in the folder, where they differ; the caller disposes it.</summary>
    /// <param name="picture">The picture in the folder, 1×C×H×W in [0, 1]; not changed.</param>
    /// <returns>The true picture; null where it is the one in the folder.</returns>
    public virtual ImageTensor? CreateOriginal(ImageTensor picture) => null;

    /// <summary>Makes what a restorer gets, a pure function of the case, the original, its file's name and its number. The caller disposes it.</summary>
    /// <param name="original">The true picture, 1×C×H×W in [0, 1]; not changed.</param>
    /// <param name="file">Where it comes from.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken);

    /// <summary>Changes a result, in place, before it is scored: takes out what the case does not judge. Nothing, unless a case says otherwise.</summary>
    /// <param name="original">The true picture.</param>
    /// <param name="result">The restored or degraded picture; it is rounded to 8 bits after this at the latest.</param>
    /// <param name="scored">The pixels that count (1); all where null.</param>
    public virtual void Adjust(ImageTensor original, ImageTensor result, Mask? scored)
    {
    }
}
