using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.LowLight;

/// <summary>
/// Raises local contrast by contrast-limited adaptive histogram equalization (Zuiderveld, "Contrast Limited Adaptive Histogram
/// Equalization", Graphics Gems IV, 1994): the luminance of each tile gets an even distribution of levels, as far as the clip limit allows,
/// and pixels between tiles get a mixture of their maps. Chroma (Cb, Cr) stays as it is.
/// </summary>
/// <remarks>
/// The algorithm is OpenCV's <c>createCLAHE</c> on luminance with 256 levels, between which values are interpolated, so that 16-bit
/// pictures stay smooth. Pictures of any size, mirrored where tiles reach over their border. Computed on all processors; the result does
/// not depend on their number. Thread-safe and re-entrant.
/// </remarks>
public sealed class ClaheRestorer : ClassicalRestorer
{
    private readonly ClaheOptions _options;

    /// <summary>Creates the restorer.</summary>
    /// <param name="options">Clip limit and tiles; the defaults of <see cref="ClaheOptions"/> where <see langword="null"/>.</param>
    /// <param name="channels">Channels of the pictures: 1 for grey, 3 for RGB.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every error.</exception>
    public ClaheRestorer(ClaheOptions? options = null, int channels = 3)
        : base("clahe", RestorationTask.Brighten, takesMask: false, channels)
    {
        _options = options ?? new ClaheOptions();
        _options.Validate(nameof(options));
    }

    private protected override void Run(ImageTensor image, Mask? mask, ImageTensor result, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        using ImageTensor luminance = ImageTensor.CreateUninitialized(ImageShape.Single(1, image.Height, image.Width));
        for (int b = 0; b < image.Batch; b++)
        {
            int picture = b;
            Parallel.For(0, image.Height, parallel, row => LuminanceWeights.Compute(image, picture, row, luminance.Row(0, 0, row)));
            var maps = new ClaheMaps(luminance, _options, parallel);
            Parallel.For(0, image.Height, parallel, row =>
            {
                Span<float> change = luminance.Row(0, 0, row);
                maps.ToChange(row, change);
                for (int channel = 0; channel < image.Channels; channel++)
                {
                    // The same difference in every channel leaves Cb and Cr alone.
                    TensorPrimitives.Add(image.Row(picture, channel, row), change, result.Row(picture, channel, row));
                }
            });
        }
    }
}
