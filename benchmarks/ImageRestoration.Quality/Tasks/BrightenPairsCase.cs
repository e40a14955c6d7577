using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;
using ImageRestoration.Masking;
using ImageRestoration.Restoration;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Two exposures of a scene: NAME_low.* is restored and compared with NAME_high.*, but not where the long exposure is clipped.</summary>
internal sealed class BrightenPairsCase : EvaluationCase
{
    private const string Dark = "_low";
    private const string Bright = "_high";

    // Levels of 253 and more, with room for rounding.
    private const float Clipped = 252.5f / 255;

    /// <summary>
    /// Whether each result gets the light, as a gain of its own, that brings it closest to the long exposure: a dark picture does not tell how long the
    /// other exposure was, and what remains is how well everything else was restored.
    /// </summary>
    public bool MatchesExposure { get; init; }

    /// <summary>
    /// Stops that results are exposed longer than a photograph would be, for restorers that take the exposure: the long exposures of pairs show the
    /// shadows, not the scene as a photographer would.
    /// </summary>
    public double Longer { get; init; }

    public override RestorationOptions Options => new() { Clamp = false, TargetExposure = Longer };

    public override string Name => MatchesExposure ? "pairs, exposure matched" : Longer > 0 ? FormattableString.Invariant($"pairs, {Longer} stops longer") : "pairs";

    /// <summary>Lists the bright pictures, by name.</summary>
    /// <param name="folder">Folder of pairs.</param>
    /// <param name="limit">How many pairs to take at most.</param>
    public static IReadOnlyList<string> ListBright(string folder, int? limit)
    {
        string[] bright = [.. ImageFolder.List(folder, limit: null)
            .Where(file => Path.GetFileNameWithoutExtension(file).EndsWith(Bright, StringComparison.Ordinal))
            .Take(limit ?? int.MaxValue)];
        return bright.Length > 0 ? bright : throw new QualityException($"Folder '{folder}' has no pairs NAME{Dark}.* and NAME{Bright}.*. Give such a folder with --images, or darken pictures with --stops -1,-3,-5.");
    }

    public override async Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken)
        => new(await ImageFile.LoadAsync(FindDark(file.Path), cancellationToken), Missing: null, FindUnclipped(original));

    public override void Adjust(ImageTensor original, ImageTensor result, Mask? scored)
    {
        if (MatchesExposure && scored is not null)
        {
            ExposureMatch.Apply(original, result, scored);
        }
    }

    private static string FindDark(string bright)
    {
        string name = Path.GetFileNameWithoutExtension(bright)[..^Bright.Length] + Dark;
        return ImageFolder.List(Path.GetDirectoryName(bright)!, limit: null).FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name)
            ?? throw new QualityException($"'{bright}' has no dark picture beside it. Add '{name}.png', or take '{Path.GetFileName(bright)}' away.");
    }

    /// <summary>The pixels whose largest channel is below 253/255: of the others the truth is not known.</summary>
    private static Mask FindUnclipped(ImageTensor picture)
    {
        var scored = new Mask(picture.Height, picture.Width);
        scored.Values.Fill(1);
        for (int c = 0; c < picture.Channels; c++)
        {
            ReadOnlySpan<float> plane = picture.Plane(0, c);
            for (int i = 0; i < plane.Length; i++)
            {
                if (plane[i] >= Clipped)
                {
                    scored.Values[i] = 0;
                }
            }
        }

        return scored;
    }
}
