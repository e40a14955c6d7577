using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Restoration;

/// <summary>Inpaints with what the holes are filled with before.</summary>
internal sealed class PassingRestorer(int multiple)
    : PaddedRestorer(new RestorerInfo("passing", RestorationTask.Inpaint, Channels: 3, TakesMask: true, "test", "cpu")
    {
        SizeMultiple = new Size2d(multiple, multiple),
        Fill = InitialFill.Harmonic,
    })
{
    protected override Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken) => Task.FromResult(image.Clone());
}
