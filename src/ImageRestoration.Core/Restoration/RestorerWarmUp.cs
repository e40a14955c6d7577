using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;

namespace ImageRestoration.Restoration;

/// <summary>Runs restorers once before they are needed.</summary>
public static class RestorerWarmUp
{
    private static readonly Size2d _defaultSize = 64;

    /// <summary>
    /// Restores a picture of four colours and drops the result, so that the first real call finds code compiled, plans made and memory
    /// allocated. The mask, where the restorer takes one, has its left half missing.
    /// </summary>
    /// <param name="restorer">The restorer.</param>
    /// <param name="size">
    /// Size of the picture; that of the pictures to come prepares best, since plans and memory depend on it. 64×64 where
    /// <see langword="null"/>.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A task that ends when the picture is restored.</returns>
    /// <exception cref="ArgumentException">The size is not above 0.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public static async Task WarmUpAsync(this IRestorer restorer, Size2d? size = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        (int height, int width) = size ?? _defaultSize;
        using ImageTensor picture = ImageTensor.CreateUninitialized(ImageShape.Single(restorer.Info.Channels, height, width));
        picture.Span.Fill(0.5f);
        if (picture.Channels > 1)
        {
            // Real colours, for what gives others to a restorer for grey: more red at the top, and less green to the left.
            picture.Plane(0, 0)[..(height / 2 * width)].Fill(0.75f);
            for (int y = 0; y < height; y++)
            {
                picture.Row(0, 1, y)[..(width / 2)].Fill(0.25f);
            }
        }

        Mask? mask = null;
        if (restorer.Info.TakesMask)
        {
            mask = new Mask(height, width);
            for (int y = 0; y < height; y++)
            {
                mask.Row(y)[..((width + 1) / 2)].Fill(1);
            }
        }

        var request = new RestorationRequest(picture, mask);
        using RestorationResult result = await restorer.RestoreAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
