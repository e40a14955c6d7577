using System.Diagnostics;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Inpaints pictures with the structure that another restorer sees in the missing part and with texture from the picture itself: networks
/// fill wide holes with what is right on average, which is smooth; this adds the fine detail that they leave out.
/// </summary>
/// <remarks>
/// <para>Pictures are a smooth base and three bands of detail. Each missing pixel is given the detail of a known one. Which one is found by
/// the propagation and random search of Barnes et al., "PatchMatch: A Randomized Correspondence Algorithm for Structural Image Editing",
/// 2009, from coarse scales to fine ones as in Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007: first by patches of the
/// base and by how much detail there is, then by patches of the picture with the detail that was found. Sources that continue a neighbour's
/// are preferred, so that whole pieces are copied, as in Hertzmann et al., "Image Analogies", 2001.</para>
/// <para>What is copied is multiplied so that the result has, in each band and around each pixel, the energy that the surroundings let
/// expect, as Heeger and Bergen, "Pyramid-Based Texture Analysis/Synthesis", 1995, match the statistics of bands. Where the structure has
/// as much detail already, as in narrow holes and between scattered points, nothing is added; beside known pixels half of it is, so that
/// the border does not show.</para>
/// <para>A request needs a mask (1 = missing). Known pixels stay bit for bit, and values of missing ones have no influence where the
/// structure's restorer ignores them too. Where every pixel is missing, or none, the result is that of the structure's restorer. Needs
/// about 170 bytes for each pixel of the smallest rectangle around the missing part and 96 pixels more on each side.</para>
/// <para>Thread-safe and re-entrant if the structure's restorer is.</para>
/// </remarks>
public sealed class TextureSynthesisRestorer : RestorerBase
{
    private readonly IRestorer _structure;
    private readonly TextureSynthesisOptions _options;
    private readonly bool _leaveOpen;

    /// <summary>Creates the restorer.</summary>
    /// <param name="structure">Fills the missing part first: a network for inpainting, or any other restorer that takes a mask.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="leaveOpen">Whether <paramref name="structure"/> stays open when this restorer is disposed.</param>
    /// <exception cref="ArgumentException">The structure's restorer takes no mask, or an option is out of range.</exception>
    public TextureSynthesisRestorer(IRestorer structure, TextureSynthesisOptions? options = null, bool leaveOpen = false)
        : base(Describe(structure))
    {
        _options = options ?? new TextureSynthesisOptions();
        _options.Validate(nameof(options));
        _structure = structure;
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
        => base.GetService(serviceType, serviceKey) ?? _structure.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override async Task<RestorationResult> ComputeAsync(
        RestorationRequest request, RestorationOptions options, CancellationToken cancellationToken)
    {
        // One part with both steps, limited to the range by this restorer alone.
        RestorationOptions inside = options with { Progress = null };
        RestorationResult structure = await _structure.RestoreAsync(request, inside, cancellationToken).ConfigureAwait(false);
        try
        {
            if (structure.Image.Shape != request.Image.Shape)
            {
                throw new TensorShapeException(
                    Invariant($"Restorer '{_structure.Info.Name}' made a picture of {structure.Image.Shape} from one of ")
                        + Invariant($"{request.Image.Shape}. Take one for the structure that keeps the shape."));
            }

            long start = Stopwatch.GetTimestamp();
            AddTexture(structure.Image, request, cancellationToken);
            return new RestorationResult(structure.Image, structure.ComputeTime + Stopwatch.GetElapsedTime(start));
        }
        catch
        {
            structure.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
        {
            _structure.Dispose();
        }
    }

    private static RestorerInfo Describe(IRestorer structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        RestorerInfo info = structure.Info;
        return info.TakesMask
            ? new RestorerInfo($"{info.Name}+texture", RestorationTask.Inpaint, info.Channels, TakesMask: true, info.Backend, info.Device)
            : throw new ArgumentException(
                $"Restorer '{info.Name}' takes no mask, so that it cannot say what is in missing pixels. Give one that inpaints.",
                nameof(structure));
    }

    private void AddTexture(ImageTensor image, RestorationRequest request, CancellationToken cancellationToken)
    {
        Mask mask = request.Mask!;
        if (mask.CountMissing() == 0)
        {
            return;
        }

        var parallel = new ParallelOptions
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = _options.Threads ?? Environment.ProcessorCount,
        };
        for (int n = 0; n < image.Batch; n++)
        {
            CopyKnown(request.Image, image, n, mask, parallel);
            new TextureSynthesis(_options, parallel).Run(image, n, mask);
        }
    }

    /// <summary>Texture comes from the true pixels, whatever the structure's restorer made of them.</summary>
    private static void CopyKnown(ImageTensor source, ImageTensor result, int picture, Mask mask, ParallelOptions parallel)
        => Parallel.For(0, mask.Height, parallel, y =>
        {
            ReadOnlySpan<byte> missing = mask.Row(y);
            for (int c = 0; c < source.Channels; c++)
            {
                ReadOnlySpan<float> from = source.Row(picture, c, y);
                Span<float> to = result.Row(picture, c, y);
                for (int x = 0; x < missing.Length; x++)
                {
                    to[x] = missing[x] == 0 ? from[x] : to[x];
                }
            }
        });
}
