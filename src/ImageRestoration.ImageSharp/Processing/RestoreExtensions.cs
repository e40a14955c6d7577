using ImageRestoration.Masking;
using ImageRestoration.Photos;
using ImageRestoration.Restoration;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace ImageRestoration.ImageSharp;

/// <summary>Restores images of ImageSharp, alone or as one step among other operations.</summary>
/// <remarks>
/// Pixel types L8, L16, La16, La32, Rgb24, Bgr24, Rgb48, Rgba32, Bgra32 and Rgba64. Grey goes through a restorer for RGB and the other way
/// round, as with <see cref="PhotoRestorer"/>. Pixels are taken as they are stored: turn a photograph upright with AutoOrient first.
/// Every frame of an animation is restored. Profiles, resolution and texts stay; what the image's file said about storage (quality of a
/// JPEG, palette, depth and transparent colour of a PNG, bits of a TIFF or BMP) is forgotten, because an encoder without options would go
/// back to it and lose the result.
/// </remarks>
public static class RestoreExtensions
{
    /// <summary>
    /// Restores the image: <c>image.Mutate(x => x.Restore(restorer).Resize(width, height))</c>. The thread waits until that is done;
    /// where it must not, use <see cref="RestoreInPlaceAsync"/>.
    /// </summary>
    /// <param name="context">The operations on an image.</param>
    /// <param name="restorer">Restores pictures of 1 or 3 channels; it stays the caller's.</param>
    /// <param name="mask">
    /// As large as the image: 1 = missing, or the only pixels to restore. All others stay bit for bit what they were.
    /// </param>
    /// <param name="alpha">What becomes of alpha.</param>
    /// <returns>The operations on the image.</returns>
    /// <exception cref="TensorShapeException">Restorer, mask and image do not fit each other.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    /// <exception cref="ImageFileException">The pixel type is none of those above.</exception>
    public static IImageProcessingContext Restore(
        this IImageProcessingContext context, IRestorer restorer, Mask? mask = null, AlphaHandling alpha = AlphaHandling.Preserve)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.ApplyProcessor(CreateProcessor(restorer, mask, alpha));
    }

    /// <summary>Restores a part of the image and leaves the rest as it is.</summary>
    /// <param name="context">The operations on an image.</param>
    /// <param name="restorer">Restores pictures of 1 or 3 channels; it stays the caller's.</param>
    /// <param name="rectangle">The part; what lies outside the image is left out.</param>
    /// <param name="mask">As large as the part: 1 = missing, or the only pixels to restore.</param>
    /// <param name="alpha">What becomes of alpha.</param>
    /// <returns>The operations on the image.</returns>
    /// <exception cref="TensorShapeException">Restorer, mask and part do not fit each other.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    /// <exception cref="ImageFileException">The pixel type is none of those above.</exception>
    public static IImageProcessingContext Restore(
        this IImageProcessingContext context,
        IRestorer restorer,
        Rectangle rectangle,
        Mask? mask = null,
        AlphaHandling alpha = AlphaHandling.Preserve)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.ApplyProcessor(CreateProcessor(restorer, mask, alpha), rectangle);
    }

    /// <summary>Makes a restored copy, with the image's metadata.</summary>
    /// <typeparam name="TPixel">Pixel type of the image and of its copy.</typeparam>
    /// <param name="image">The image; it stays as it is, and is not to be changed meanwhile.</param>
    /// <param name="restorer">Restores pictures of 1 or 3 channels; it stays the caller's.</param>
    /// <param name="mask">
    /// As large as the image: 1 = missing, or the only pixels to restore. All others stay bit for bit what they were.
    /// </param>
    /// <param name="alpha">What becomes of alpha.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The copy; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">Restorer, mask and image do not fit each other.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    /// <exception cref="ImageFileException">The pixel type is none of those above.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public static async Task<Image<TPixel>> RestoreAsync<TPixel>(
        this Image<TPixel> image,
        IRestorer restorer,
        Mask? mask = null,
        AlphaHandling alpha = AlphaHandling.Preserve,
        CancellationToken cancellationToken = default)
        where TPixel : unmanaged, IPixel<TPixel>
        => (Image<TPixel>)await RestoreAsync((Image)image, restorer, mask, alpha, cancellationToken).ConfigureAwait(false);

    /// <summary>Makes a restored copy, with the image's metadata and pixel type.</summary>
    /// <param name="image">The image; it stays as it is, and is not to be changed meanwhile.</param>
    /// <param name="restorer">Restores pictures of 1 or 3 channels; it stays the caller's.</param>
    /// <param name="mask">
    /// As large as the image: 1 = missing, or the only pixels to restore. All others stay bit for bit what they were.
    /// </param>
    /// <param name="alpha">What becomes of alpha.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The copy; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">Restorer, mask and image do not fit each other.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    /// <exception cref="ImageFileException">The pixel type is none of those above.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public static async Task<Image> RestoreAsync(
        this Image image,
        IRestorer restorer,
        Mask? mask = null,
        AlphaHandling alpha = AlphaHandling.Preserve,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        RestoreProcessor processor = CreateProcessor(restorer, mask, alpha);
        Image copy = image.Clone(_ => { });
        try
        {
            await processor.RunAsync(copy, copy.Bounds(), cancellationToken).ConfigureAwait(false);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Restores the image itself. Cancelled or failed, an image of one frame is what it was.</summary>
    /// <param name="image">The image; not to be read or changed meanwhile.</param>
    /// <param name="restorer">Restores pictures of 1 or 3 channels; it stays the caller's.</param>
    /// <param name="mask">
    /// As large as the image: 1 = missing, or the only pixels to restore. All others stay bit for bit what they were.
    /// </param>
    /// <param name="alpha">What becomes of alpha.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A task that ends when the image is restored.</returns>
    /// <exception cref="TensorShapeException">Restorer, mask and image do not fit each other.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    /// <exception cref="ImageFileException">The pixel type is none of those above.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public static Task RestoreInPlaceAsync(
        this Image image,
        IRestorer restorer,
        Mask? mask = null,
        AlphaHandling alpha = AlphaHandling.Preserve,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return CreateProcessor(restorer, mask, alpha).RunAsync(image, image.Bounds(), cancellationToken);
    }

    private static RestoreProcessor CreateProcessor(IRestorer restorer, Mask? mask, AlphaHandling alpha)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        if (!Enum.IsDefined(alpha))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Alpha is handled in one of these ways: "
                + $"{string.Join(", ", Enum.GetNames<AlphaHandling>())}.");
        }

        PhotoRestoration.ThrowIfUnfit(restorer.Info, mask is not null);
        return new RestoreProcessor(restorer, mask, alpha);
    }
}
