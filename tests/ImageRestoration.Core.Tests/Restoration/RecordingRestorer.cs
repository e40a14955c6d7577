using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Restoration;

/// <summary>A restorer that keeps a copy of what its network would be given, and computes whatever a test asks for.</summary>
internal sealed class RecordingRestorer(Size2d sizeMultiple, int channels = 1, bool takesMask = false, Func<ImageTensor, CancellationToken, Task<ImageTensor>>? run = null, InitialFill fill = InitialFill.Zero, bool normalizesExposure = false)
    : PaddedRestorer(new RestorerInfo("recorder", RestorationTask.Other, channels, takesMask, "Test", "cpu")
    {
        SizeMultiple = sizeMultiple,
        Fill = fill,
        NormalizesExposure = normalizesExposure,
    })
{
    internal float[] GivenValues { get; private set; } = [];

    internal ImageShape GivenShape { get; private set; }

    internal Mask? GivenMask { get; private set; }

    internal int Runs { get; private set; }

    internal int Disposals { get; private set; }

    protected override async Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken)
    {
        Runs++;
        GivenValues = image.Span.ToArray();
        GivenShape = image.Shape;
        GivenMask = mask;
        await Task.Yield();
        return run is null ? image.Clone() : await run(image, cancellationToken);
    }

    protected override void Dispose(bool disposing) => Disposals++;
}
