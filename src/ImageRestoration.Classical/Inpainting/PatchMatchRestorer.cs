using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Inpaints pictures with patches of themselves (exemplars, templates): from coarse scales to fine ones, each patch that overlaps the
/// missing part is matched with a similar known one, and missing pixels become the weighted mean of what the matches of all patches
/// around them say.
/// </summary>
/// <remarks>
/// <para>Matching and voting alternate as in Wexler, Shechtman and Irani, "Space-Time Completion of Video", 2007; matches are found by
/// propagation and random search as in Barnes et al., "PatchMatch: A Randomized Correspondence Algorithm for Structural Image Editing",
/// 2009; the coarsest scale starts layer by layer from the rim, and weights follow the spread of the votes, as in Newson et al., "Video
/// Inpainting of Complex Scenes", 2014.</para>
/// <para>Where missing pixels are scattered so densely that hardly any patch is known in full, patches that hold missing pixels serve
/// too; their known pixels count for most of the vote.</para>
/// <para>Gives plausible texture in large holes. It draws details rather than averages, so that smooth methods may come closer to the
/// truth by squared error.</para>
/// <inheritdoc cref="InpaintingRestorer"/>
/// </remarks>
public sealed class PatchMatchRestorer : InpaintingRestorer
{
    private readonly PatchMatchOptions _options;

    /// <summary>Creates the restorer.</summary>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PatchMatchRestorer(PatchMatchOptions? options = null, int channels = 3)
        : base("patchmatch", channels)
    {
        _options = options ?? new PatchMatchOptions();
        _options.Validate(nameof(options));
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        // A batch is completed picture by picture: each is matched with itself alone.
        for (int n = 0; n < image.Batch; n++)
        {
            new PatchInpainting(_options, cancellationToken).Run(image, n, mask);
        }
    }
}
