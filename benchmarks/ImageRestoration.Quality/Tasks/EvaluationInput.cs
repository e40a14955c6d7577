using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Quality.Tasks;

/// <summary>What a restorer gets, and what of its result counts.</summary>
/// <param name="Degraded">The degraded picture, of the original's shape; disposed with the input.</param>
/// <param name="Missing">Missing pixels (1); null for tasks other than inpainting.</param>
/// <param name="Scored">Pixels that are compared with the original (1); all where null.</param>
internal sealed record EvaluationInput(ImageTensor Degraded, Mask? Missing = null, Mask? Scored = null) : IDisposable
{
    public void Dispose() => Degraded.Dispose();
}
