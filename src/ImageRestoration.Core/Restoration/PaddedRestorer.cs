using System.Diagnostics;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>
/// Base of restorers that run a network: checks the request, fills missing pixels and normalises the exposure as in training, pads pictures
/// to the network's size multiple by mirroring, runs, crops, and puts the known pixels of an inpainting back bit by bit.
/// </summary>
public abstract class PaddedRestorer : RestorerBase
{
    /// <summary>Creates the restorer.</summary>
    /// <param name="info">What it is; its <see cref="RestorerInfo.SizeMultiple"/> is what pictures are padded to.</param>
    protected PaddedRestorer(RestorerInfo info)
        : base(info)
    {
    }

    /// <summary>Height and width that the network takes are multiples of this.</summary>
    public Size2d SizeMultiple => Info.SizeMultiple;

    /// <summary>Runs the network, already on a thread other than the caller's.</summary>
    /// <param name="image">Pictures with sides that are multiples of <see cref="SizeMultiple"/>; not to be changed or disposed.</param>
    /// <param name="mask">Missing pixels where the network takes a mask; otherwise <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Pictures of the same shape, not <paramref name="image"/> itself; the caller disposes them.</returns>
    protected abstract Task<ImageTensor> RunAsync(ImageTensor image, Mask? mask, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        ImageShape shape = request.Image.Shape;
        ImageShape padded = shape with
        {
            Height = AffineSize.RoundUp(shape.Height, SizeMultiple.Height),
            Width = AffineSize.RoundUp(shape.Width, SizeMultiple.Width),
        };
        Mask? mask = Info.TakesMask ? MirrorPadding.Pad(request.Mask!, padded.Height, padded.Width) : null;

        // The network sees what it saw in training, not what happens to stand in the holes. No more than three pictures are held at a time:
        // the caller's, one that the network sees, and one that it makes or that is made of it.
        ImageTensor? given = RestorationPipeline.Prepare(request, Info, options, cancellationToken);
        try
        {
            if (padded != shape)
            {
                ImageTensor mirrored = MirrorPadding.Pad(given ?? request.Image, padded.Height, padded.Width);
                given?.Dispose();
                given = mirrored;
            }

            long start = Stopwatch.GetTimestamp();
            ImageTensor made = await RunAsync(given ?? request.Image, mask, cancellationToken).ConfigureAwait(false);
            var output = new RestorationResult(made, Stopwatch.GetElapsedTime(start));
            RestorationPipeline.Checked(Info, output, padded);
            given?.Dispose();
            return padded == shape ? output : new RestorationResult(Crop(output.Image, shape), output.ComputeTime);
        }
        finally
        {
            given?.Dispose();
        }
    }

    private static ImageTensor Crop(ImageTensor output, ImageShape shape)
    {
        using (output)
        {
            ImageTensor cropped = ImageTensor.CreateUninitialized(shape);
            for (int n = 0; n < shape.Batch; n++)
            {
                for (int c = 0; c < shape.Channels; c++)
                {
                    for (int y = 0; y < shape.Height; y++)
                    {
                        output.Row(n, c, y)[..shape.Width].CopyTo(cropped.Row(n, c, y));
                    }
                }
            }

            return cropped;
        }
    }
}
