using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.ImageSharp;

/// <summary>Restores one picture with its alpha, and sees to it that what is known stays what it was.</summary>
internal static class PictureRestoration
{
    /// <summary>Restores colour, and alpha where that is asked for.</summary>
    /// <param name="restorer">Restores pictures of 1 or 3 channels.</param>
    /// <param name="color">1 × 1 or 3 × height × width.</param>
    /// <param name="alpha">1 × 1 × height × width, or <see langword="null"/>.</param>
    /// <param name="mask">Missing pixels, or <see langword="null"/>.</param>
    /// <param name="settings">What becomes of alpha, and the restorer's settings.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task<RestoredPicture> RestoreAsync(IRestorer restorer, ImageTensor color, ImageTensor? alpha, Mask? mask, PictureSettings settings, CancellationToken cancellationToken)
    {
        ThrowIfUnfit(restorer.Info, mask);
        RestorationResult result = await CompleteAsync(restorer, color, mask, settings, cancellationToken).ConfigureAwait(false);
        ImageTensor? resultAlpha = null;
        TimeSpan time = result.ComputeTime;
        try
        {
            if (alpha is not null && settings.Alpha == AlphaHandling.Restore)
            {
                RestorationResult restored = await CompleteAsync(restorer, alpha, mask, settings, cancellationToken).ConfigureAwait(false);
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

            return new RestoredPicture(result.Image, resultAlpha, time);
        }
        catch
        {
            result.Dispose();
            resultAlpha?.Dispose();
            throw;
        }
    }

    /// <summary>Refuses restorers that no picture can be restored with, whatever it is.</summary>
    internal static void ThrowIfUnfit(RestorerInfo info)
    {
        if (info.Channels is not (1 or 3))
        {
            throw new TensorShapeException($"Restorer '{info.Name}' takes pictures of {info.Channels} channels; photographs have 1 (grey) or 3 (RGB). Use a restorer for one of these.");
        }
    }

    /// <summary>Refuses a restorer that needs a mask where there is none.</summary>
    internal static void ThrowIfUnfit(RestorerInfo info, Mask? mask)
    {
        ThrowIfUnfit(info);
        if (info.TakesMask && mask is null)
        {
            throw new TensorShapeException($"Restorer '{info.Name}' fills in missing pixels and needs to know which: pass a mask, for instance PhotoMask.FromFile(path), or a Mask with 1 where pixels are missing.");
        }
    }

    private static async Task<RestorationResult> CompleteAsync(IRestorer restorer, ImageTensor image, Mask? mask, PictureSettings settings, CancellationToken cancellationToken)
    {
        restorer = image.Channels == 1 ? settings.Grey ?? restorer : restorer;
        using ImageTensor? emptied = mask is not null && restorer.Info.TakesMask ? Empty(image, mask) : null;
        using var adapted = new ChannelAdaptingRestorer(restorer, image.Channels, leaveOpen: true);
        return await adapted.RestoreAsync(new RestorationRequest(emptied ?? image, mask), settings.Options, cancellationToken).ConfigureAwait(false);
    }

    // What stands in missing pixels must not make a difference.
    private static ImageTensor Empty(ImageTensor image, Mask mask)
    {
        ImageTensor emptied = image.Clone();
        try
        {
            MissingPixels.Fill(emptied, mask, MissingPixelFill.Zero);
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
