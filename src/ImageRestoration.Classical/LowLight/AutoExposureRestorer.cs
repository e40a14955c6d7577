using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.LowLight;

/// <summary>
/// Brightens pictures by one gain in linear light, which follows from the whole picture (see <see cref="AutoExposure"/>): as if it had been
/// exposed longer. Noise is brightened with the rest.
/// </summary>
/// <remarks>Pictures of any size. Thread-safe and re-entrant.</remarks>
public sealed class AutoExposureRestorer : ClassicalRestorer
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 1 for grey, 3 for RGB.</param>
    public AutoExposureRestorer(int channels = 3)
        : base("auto-exposure", RestorationTask.Brighten, takesMask: false, channels)
    {
    }

    private protected override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
    {
        image.Span.CopyTo(result.Span);
        AutoExposure.Apply(result);
    }
}
