using ImageRestoration.Imaging;

namespace ImageRestoration.Quality.Tasks;

/// <summary>A case that degrades the whole picture and scores all of it.</summary>
internal abstract class DegradationCase : EvaluationCase
{
    /// <summary>Makes the degraded picture, a pure function of the case, the original and its name. The caller disposes it.</summary>
    /// <param name="original">The true picture, 1×C×H×W in [0, 1]; not changed.</param>
    /// <param name="fileName">Name of its file without the folder.</param>
    public abstract ImageTensor Degrade(ImageTensor original, string fileName);

    public sealed override Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken)
        => Task.FromResult(new EvaluationInput(Degrade(original, file.Name)));
}
