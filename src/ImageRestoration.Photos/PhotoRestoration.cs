using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Photos;

/// <summary>Restores one decoded picture with its alpha, and sees to it that what is known stays what it was.</summary>
/// <remarks>As thread-safe as the restorer.</remarks>
public static class PhotoRestoration
{
    /// <summary>Restores colour, and alpha where that is asked for.</summary>
    /// <param name="restorer">Restores pictures of 1 or 3 channels.</param>
    /// <param name="color">Shape 1 × 1 (grey) or 3 (RGB) × height × width, values in [0, 1]; it stays the caller's.</param>
    /// <param name="alpha">
    /// Shape 1 × 1 × height × width, 0 = transparent, 1 = opaque, or <see langword="null"/>; it stays the caller's.
    /// </param>
    /// <param name="mask">1 = missing, or the only pixels to restore; or <see langword="null"/>.</param>
    /// <param name="settings">What becomes of alpha, and the restorer's settings.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The result; the caller disposes it.</returns>
    /// <exception cref="TensorShapeException">Restorer, mask and picture do not fit each other.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    /// <exception cref="BackendException">The backend failed.</exception>
    public static async Task<RestoredPhoto> RestoreAsync(
        IRestorer restorer,
        ImageTensor color,
        ImageTensor? alpha,
        Mask? mask,
        PhotoSettings settings,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(restorer);
        ArgumentNullException.ThrowIfNull(color);
        ThrowIfUnfit(restorer.Info, mask is not null);
        RestorationResult result = await RunAsync(restorer, color, mask, settings, cancellationToken).ConfigureAwait(false);
        ImageTensor? resultAlpha = null;
        TimeSpan time = result.ComputeTime;
        try
        {
            if (alpha is not null && settings.Alpha == AlphaHandling.Restore)
            {
                RestorationResult restored = await RunAsync(restorer, alpha, mask, settings, cancellationToken).ConfigureAwait(false);
                resultAlpha = restored.Image;
                time += restored.ComputeTime;
            }
            else if (alpha is not null && settings.Alpha == AlphaHandling.Preserve)
            {
                resultAlpha = alpha.Clone();
            }

            if (resultAlpha is not null && mask is not null && settings.MakesOpaque)
            {
                MakeOpaque(resultAlpha, mask);
                if (!resultAlpha.Span.ContainsAnyExcept(1f))
                {
                    resultAlpha.Dispose();
                    resultAlpha = null;
                }
            }

            if (resultAlpha is not null && settings.Alpha == AlphaHandling.Preserve)
            {
                KeepHiddenColors(color, resultAlpha, result.Image);
            }

            return new RestoredPhoto(result.Image, resultAlpha, time);
        }
        catch
        {
            result.Dispose();
            resultAlpha?.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a restorer that no such picture can be restored with.</summary>
    /// <param name="info">What the restorer says of itself.</param>
    /// <param name="hasMask">Whether there is a mask.</param>
    /// <exception cref="TensorShapeException">The restorer takes other pictures than grey or RGB.</exception>
    /// <exception cref="MaskRequiredException">The restorer needs a mask and there is none.</exception>
    public static void ThrowIfUnfit(RestorerInfo info, bool hasMask)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Channels is not (1 or 3))
        {
            throw PhotoErrors.UnfitChannels(info.Name, info.Channels);
        }

        if (info.TakesMask && !hasMask)
        {
            throw PhotoErrors.MaskNeeded(info.Name);
        }
    }

    private static async Task<RestorationResult> RunAsync(
        IRestorer restorer, ImageTensor image, Mask? mask, PhotoSettings settings, CancellationToken cancellationToken)
    {
        using ImageTensor? emptied = mask is not null && restorer.Info.TakesMask ? Empty(image, mask) : null;
        using var adapted = new ChannelAdaptingRestorer(restorer, image.Channels, leaveOpen: true);
        var request = new RestorationRequest(emptied ?? image, mask);
        return await adapted.RestoreAsync(request, settings.Options, cancellationToken).ConfigureAwait(false);
    }

    // What stands in missing pixels must not make a difference.
    private static ImageTensor Empty(ImageTensor image, Mask mask)
    {
        ImageTensor emptied = image.Clone();
        try
        {
            MissingPixels.Fill(emptied, mask, InitialFill.Zero);
        }
        catch
        {
            emptied.Dispose();
            throw;
        }

        return emptied;
    }

    private static void KeepHiddenColors(ImageTensor original, ImageTensor alpha, ImageTensor result)
    {
        ReadOnlySpan<float> opacity = alpha.Span;
        for (int c = 0; c < original.Channels; c++)
        {
            ReadOnlySpan<float> source = original.Plane(0, c);
            Span<float> target = result.Plane(0, c);
            for (int i = 0; i < opacity.Length; i++)
            {
                target[i] = opacity[i] == 0 ? source[i] : target[i];
            }
        }
    }

    private static void MakeOpaque(ImageTensor alpha, Mask mask)
    {
        ReadOnlySpan<byte> missing = mask.Values;
        Span<float> opacity = alpha.Span;
        for (int i = 0; i < missing.Length; i++)
        {
            opacity[i] = missing[i] == 0 ? opacity[i] : 1f;
        }
    }
}
