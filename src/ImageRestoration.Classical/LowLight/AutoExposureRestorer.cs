using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.LowLight;

/// <summary>
/// Brightens pictures by one gain of the light, which follows from the whole picture (see <see cref="AutoExposure"/>): as if it had been
/// exposed longer. Noise is brightened with the rest.
/// </summary>
/// <remarks>Obeys <see cref="RestorationOptions.TargetExposure"/>. Pictures of any size. Thread-safe and re-entrant.</remarks>
public sealed class AutoExposureRestorer : ClassicalRestorer
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 1 for grey, 3 for RGB.</param>
    public AutoExposureRestorer(int channels = 3)
        : base("auto-exposure", RestorationTask.Brighten, takesMask: false, channels)
    {
    }

    private protected override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
        => Run(image, mask, RestorationOptions.Default, result, cancellationToken);

    private protected override void Run(
        ImageTensor image, Mask? mask, RestorationOptions options, ImageTensor result, CancellationToken cancellationToken)
    {
        image.Span.CopyTo(result.Span);
        for (int n = 0; n < result.Batch; n++)
        {
            using ImageTensor picture = result.Image(n);
            double stops = AutoExposure.StopsOf(picture) + options.TargetExposure;
            AutoExposure.Apply(picture, Math.Clamp(stops, 0, AutoExposure.MaximumStops), cancellationToken);
        }
    }
}
