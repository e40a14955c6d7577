using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Photos;

/// <summary>Says which pixels of a photograph are missing and are to be filled in, or are the only ones to be restored.</summary>
/// <remarks>
/// A mask is as large as the photograph after it was turned upright. Restorers that take a mask fill in its missing pixels, and do not see
/// what stands in them. Any other restorer restores the whole photograph, of which the missing pixels are taken.
/// Either way all known pixels stay bit for bit what they were. Instances are immutable and safe for use from several threads.
/// </remarks>
public abstract class PhotoMask
{
    private protected PhotoMask()
    {
    }

    /// <summary>Whether missing pixels become opaque.</summary>
    internal virtual bool MakesOpaque => false;

    /// <summary>Takes a mask from a picture: bright pixels are missing.</summary>
    /// <param name="path">A file without transparency that the codecs read, as large as the photograph.</param>
    /// <param name="threshold">A pixel is missing where the mean of its channels is at least this; above 0, at most 1.</param>
    /// <returns>The mask; the file is read when a photograph is restored.</returns>
    public static PhotoMask FromFile(string path, float threshold = 0.5f)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ThrowIfNoThreshold(threshold);
        return new FileMask(path, threshold);
    }

    /// <summary>
    /// Takes the pixels that are transparent; of an opaque photograph none is missing. They become opaque in the result, whatever
    /// <see cref="AlphaHandling"/> says.
    /// </summary>
    /// <param name="threshold">A pixel is missing where its alpha is below this; above 0, at most 1.</param>
    /// <returns>The mask.</returns>
    public static PhotoMask FromAlpha(float threshold = 0.5f)
    {
        ThrowIfNoThreshold(threshold);
        return new AlphaMask(threshold);
    }

    /// <summary>Takes the pixels that have one colour, such as pure magenta.</summary>
    /// <param name="red">Red, in [0, 1].</param>
    /// <param name="green">Green, in [0, 1].</param>
    /// <param name="blue">Blue, in [0, 1].</param>
    /// <param name="tolerance">
    /// How far each channel may be from it; the default allows for the rounding of 8 bits. JPEG needs more, such as 0.1.
    /// </param>
    /// <returns>The mask. A grey photograph counts as one whose three channels are equal.</returns>
    public static PhotoMask FromColorKey(float red, float green, float blue, float tolerance = 0.5f / 255)
    {
        // Wrong numbers are refused here rather than when a photograph is restored.
        using ImageTensor pixel = ImageTensor.Create(ImageShape.Single(3, 1, 1));
        Mask.FromColorKey(pixel, [red, green, blue], tolerance);
        return new ColorKeyMask([red, green, blue], tolerance);
    }

    /// <summary>Takes a mask as it is.</summary>
    /// <param name="mask">1 = missing; not to be changed while it is in use.</param>
    /// <returns>The mask.</returns>
    public static PhotoMask From(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new GivenMask(mask);
    }

    /// <summary>Draws a mask. Photographs of one size get the same mask.</summary>
    /// <param name="strategy">Draws the mask.</param>
    /// <param name="seed">Seed of its <see cref="SeededRandom"/>.</param>
    /// <returns>The mask.</returns>
    public static PhotoMask FromStrategy(IMaskStrategy strategy, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return new DrawnMask(strategy, seed);
    }

    /// <summary>
    /// Makes the missing parts larger, as <see cref="Mask.Dilate"/> does: for masks that were painted by hand or whose edges are soft.
    /// </summary>
    /// <param name="radius">Largest distance to a missing pixel, in pixels; finite and at least 0.</param>
    /// <returns>Another mask. What is added becomes opaque too where this mask's pixels do.</returns>
    public PhotoMask Dilate(double radius)
    {
        // A wrong radius is refused here rather than when a photograph is restored.
        new Mask(1, 1).Dilate(radius);
        return new DilatedMask(this, radius);
    }

    /// <summary>Makes the mask of a photograph.</summary>
    /// <exception cref="ImageFileException">The mask's file cannot be read.</exception>
    internal abstract Task<Mask> CreateAsync(
        DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken);

    private static void ThrowIfNoThreshold(float threshold)
    {
        // Written so that NaN fails.
        if (!(threshold > 0 && threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold is above 0 and at most 1.");
        }
    }

    private sealed class GivenMask(Mask mask) : PhotoMask
    {
        internal override Task<Mask> CreateAsync(
            DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken)
            => Task.FromResult(mask);
    }

    private sealed class DrawnMask(IMaskStrategy strategy, ulong seed) : PhotoMask
    {
        internal override Task<Mask> CreateAsync(
            DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken)
            => Task.FromResult(strategy.Create(photo.Image.Height, photo.Image.Width, new SeededRandom(seed)));
    }

    private sealed class DilatedMask(PhotoMask inner, double radius) : PhotoMask
    {
        internal override bool MakesOpaque => inner.MakesOpaque;

        internal override async Task<Mask> CreateAsync(
            DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken)
            => (await inner.CreateAsync(photo, files, options, cancellationToken).ConfigureAwait(false)).Dilate(radius);
    }

    private sealed class AlphaMask(float threshold) : PhotoMask
    {
        internal override bool MakesOpaque => true;

        internal override Task<Mask> CreateAsync(
            DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken)
            => Task.FromResult(
                photo.Alpha is { } alpha ? Mask.FromAlpha(alpha, threshold) : new Mask(photo.Image.Height, photo.Image.Width));
    }

    private sealed class ColorKeyMask(float[] color, float tolerance) : PhotoMask
    {
        internal override Task<Mask> CreateAsync(
            DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken)
        {
            if (photo.Image.Channels == color.Length)
            {
                return Task.FromResult(Mask.FromColorKey(photo.Image, color, tolerance));
            }

            Mask mask = Mask.FromColorKey(photo.Image, [color[0]], tolerance);
            mask = mask.Intersect(Mask.FromColorKey(photo.Image, [color[1]], tolerance));
            return Task.FromResult(mask.Intersect(Mask.FromColorKey(photo.Image, [color[2]], tolerance)));
        }
    }

    private sealed class FileMask(string path, float threshold) : PhotoMask
    {
        internal override async Task<Mask> CreateAsync(
            DecodedPhoto photo, PhotoFiles files, ImageLoadOptions options, CancellationToken cancellationToken)
        {
            using ImageTensor image = await files.LoadAsync(path, options, cancellationToken).ConfigureAwait(false);
            if (image.Height != photo.Image.Height || image.Width != photo.Image.Width)
            {
                throw PhotoErrors.MaskSize(path, image.Height, image.Width, photo.Image.Height, photo.Image.Width);
            }

            return Mask.FromImage(image, threshold);
        }
    }
}
