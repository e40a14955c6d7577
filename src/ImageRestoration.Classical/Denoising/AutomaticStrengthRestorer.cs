using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// Blends what the restorer inside makes of each picture with the picture itself by how noisy it is (<see
/// cref="NoiseEstimate.StrengthFor"/>): clean pictures stay nearly as they are, and noisy ones are the restorer's result.
/// </summary>
/// <remarks>
/// For restorers that remove noise; with others, such as those for JPEG's artefacts or low light, noise says nothing of what there is to
/// do. <see cref="RestorationOptions.Strength"/> multiplies. The estimate is about the whole picture, so tiling belongs inside. As
/// thread-safe as the restorer inside.
/// </remarks>
public sealed class AutomaticStrengthRestorer : DelegatingRestorer
{
    private readonly double _modelError;

    /// <summary>Puts the blend around a restorer.</summary>
    /// <param name="inner">Removes noise.</param>
    /// <param name="modelError">
    /// What it changes in a clean picture: root mean square on the scale [0, 255]; at least 0. 1.3 is that of the bundled models.
    /// </param>
    /// <param name="leaveOpen">Whether <paramref name="inner"/> stays open when this restorer is disposed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="modelError"/> is negative, infinite or NaN.</exception>
    public AutomaticStrengthRestorer(IRestorer inner, double modelError = NoiseEstimate.TypicalModelError, bool leaveOpen = false)
        : base(inner, leaveOpen)
    {
        NoiseEstimate.ThrowIfInvalid(modelError, nameof(modelError));
        _modelError = modelError;
        Info = inner.Info with { TileHalo = null };
    }

    /// <inheritdoc/>
    public override RestorerInfo Info { get; }

    /// <inheritdoc/>
    public override async Task<RestorationResult> RestoreAsync(
        RestorationRequest request, RestorationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(request);
        RestorationResult result = await Inner.RestoreAsync(request, options, cancellationToken).ConfigureAwait(false);
        try
        {
            for (int picture = 0; picture < request.Image.Batch; picture++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                float strength = NoiseEstimate.Of(request.Image, picture).StrengthFor(_modelError);
                Blend(request.Image, request.Mask, strength, result.Image, picture, limits: (options ?? RestorationOptions.Default).Clamp);
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Blends all but known pixels, which are the picture's bit by bit already.</summary>
    private static void Blend(ImageTensor image, Mask? mask, float strength, ImageTensor result, int picture, bool limits)
    {
        for (int channel = 0; channel < image.Channels; channel++)
        {
            ReadOnlySpan<float> given = image.Plane(picture, channel);
            Span<float> restored = result.Plane(picture, channel);
            for (int i = 0; i < restored.Length; i++)
            {
                if (mask is null || mask.Values[i] != 0)
                {
                    float value = given[i] + (strength * (restored[i] - given[i]));
                    restored[i] = limits ? Math.Clamp(value, 0f, 1f) : value;
                }
            }
        }
    }
}
