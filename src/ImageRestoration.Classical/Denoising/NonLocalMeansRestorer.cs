using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// Removes white noise by averaging pixels whose surroundings look alike: non-local means (Buades, Coll and Morel, "A Non-Local Algorithm
/// for Image Denoising", CVPR 2005), with the distances of all patches computed at once (Darbon, Cunha, Chan, Osher and Jensen, "Fast
/// Nonlocal Filtering Applied to Electron Cryomicroscopy", ISBI 2008). Patches are compared over all channels together.
/// </summary>
/// <remarks>
/// Pictures of any size, mirrored at their border. Works in tiles on all processors; the result does not depend on their number, and the
/// memory beyond the result is about a megabyte per processor. Thread-safe and re-entrant.
/// </remarks>
public sealed class NonLocalMeansRestorer : ClassicalRestorer
{
    private readonly NonLocalMeansOptions _options;

    /// <summary>Creates the restorer.</summary>
    /// <param name="options">
    /// Strength of the noise and size of the search; the defaults of <see cref="NonLocalMeansOptions"/> where <see langword="null"/>.
    /// </param>
    /// <param name="channels">Channels of the pictures: 1 for grey, 3 for RGB.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every error.</exception>
    public NonLocalMeansRestorer(NonLocalMeansOptions? options = null, int channels = 3)
        : base("non-local-means", RestorationTask.Denoise, takesMask: false, channels)
    {
        _options = options ?? new NonLocalMeansOptions();
        _options.Validate(nameof(options));
    }

    private protected override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
    {
        for (int picture = 0; picture < image.Batch; picture++)
        {
            double sigma = _options.Sigma ?? NoiseEstimate.Of(image, picture).Level;
            Denoise(image, result, picture, sigma, cancellationToken);
        }
    }

    private void Denoise(ImageTensor image, ImageTensor result, int picture, double sigma, CancellationToken cancellationToken)
    {
        // A picture estimated to have no noise stays as it is.
        if (sigma < NoiseEstimate.Negligible)
        {
            int length = image.Span.Length / image.Batch;
            image.Span.Slice(picture * length, length).CopyTo(result.Span.Slice(picture * length, length));
            return;
        }

        var kernel = NonLocalMeansKernel.Create(_options, sigma / 255);
        int rows = ((image.Height - 1) / NonLocalMeansTile.MaximumHeight) + 1;
        int columns = ((image.Width - 1) / NonLocalMeansTile.MaximumWidth) + 1;
        Parallel.For(0, rows * columns, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            (int row, int column) = Math.DivRem(i, columns);
            NonLocalMeansTile.Denoise(
                image, result, picture, row * NonLocalMeansTile.MaximumHeight, column * NonLocalMeansTile.MaximumWidth, kernel);
        });
    }
}
