using System.Collections.Immutable;
using System.Globalization;
using ImageRestoration.Degradation;
using ImageRestoration.Masking;

namespace ImageRestoration.Data;

/// <summary>Settings of <see cref="PatchSampler"/>.</summary>
public sealed record PatchSamplerOptions : IDescribed
{
    /// <summary>Most turns that <see cref="ImagesByArea"/> gives a picture.</summary>
    internal const int MostTurns = 16;

    /// <summary>Patches in a batch.</summary>
    /// <value>Default 16.</value>
    public int BatchSize { get; init; } = 16;

    /// <summary>Sides of the patches by step; the first entry starts at step 0.</summary>
    /// <value>Default 64 throughout.</value>
    public ImmutableArray<PatchSize> PatchSizes { get; init; } = [new PatchSize(0, 64)];

    /// <summary>Whether patches are mirrored and turned by quarter turns at random.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FlipAndRotate { get; init; } = true;

    /// <summary>
    /// Smallest scale of the patches: a square of a picture, at most patch/scale wide, is reduced to each patch, and how wide is drawn.
    /// Photographs that were made smaller have finer texture and sharper edges, and what compression left in them fades.
    /// </summary>
    /// <value>Above 0 to 1; default 1: patches have the picture's own pixels. Reducing is bicubic, with antialiasing.</value>
    public double MinimumScale { get; init; } = 1;

    /// <summary>
    /// Crops of a picture among which each patch is drawn, with probabilities proportional to their detail (mean absolute difference of
    /// neighbouring values): flat sky comes less often then, and edges more often.
    /// </summary>
    /// <value>Default 1: every crop is as likely as any other.</value>
    public int DetailCandidates { get; init; } = 1;

    /// <summary>
    /// Patches that are taken of a picture in an epoch. With more than one, successive batches take other patches of the same pictures
    /// before the next pictures' turn comes, so that a folder that is decoded on demand is decoded once for that many patches.
    /// </summary>
    /// <value>Default 1.</value>
    public int PatchesPerImage { get; init; } = 1;

    /// <summary>
    /// Whether large pictures come more often: as many times in an epoch as their pixels go into those of the smallest, rounded, up to 16
    /// times. Networks then see each part of all pictures about as often, and learn small pictures less by heart.
    /// </summary>
    /// <value>Default <see langword="false"/>: every picture comes once.</value>
    public bool ImagesByArea { get; init; }

    /// <summary>Threads that make batches ahead of training. The batches are the same whatever their number.</summary>
    /// <value>
    /// Default 1. More where training waits for data (pictures that are decoded on demand, costly degradations) and cores are free.
    /// </value>
    public int Threads { get; init; } = 1;

    /// <summary>Missing pixels of each patch, for networks that take a picture and a mask; none where <see langword="null"/>.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public IMaskStrategy? Masks { get; init; }

    /// <summary>What missing pixels hold in the network's input.</summary>
    /// <value>Default <see cref="InitialFill.Zero"/>.</value>
    public InitialFill Fill { get; init; }

    /// <summary>
    /// Whether the network's input has the exposure that <see cref="Imaging.AutoExposure"/> gives the whole degraded picture, for models
    /// with <see cref="Networks.ModelInfo.NormalizesExposure"/>. The whole picture is estimated by pixels of a grid, 32 by 32 at most,
    /// which are degraded with the same random numbers: degradations must draw how strong they are before anything else, as all of this
    /// library do.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool NormalizesExposure { get; init; }

    /// <summary>
    /// Whether targets get the gain of their inputs, where <see cref="NormalizesExposure"/> says that these get one: for degradations that
    /// darken both (<see cref="SensorPipeline"/>), so that a network learns what is wrong with a brightened picture, not how bright it is.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool NormalizesTarget { get; init; }

    /// <summary>Seed of order, crops, flips, degradation and masks.</summary>
    /// <value>Default 0.</value>
    public long Seed { get; init; }

    /// <inheritdoc/>
    /// <remarks>Not <see cref="Threads"/>: the batches are the same whatever their number.</remarks>
    void IDescribed.Describe(SettingList settings)
    {
        settings.Add(nameof(BatchSize), BatchSize);
        settings.Add(
            nameof(PatchSizes),
            string.Join(' ', PatchSizes.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.FromStep}:{p.Size}"))));
        settings.Add(nameof(FlipAndRotate), FlipAndRotate);
        settings.Add(nameof(MinimumScale), MinimumScale);
        settings.Add(nameof(DetailCandidates), DetailCandidates);
        settings.Add(nameof(PatchesPerImage), PatchesPerImage);
        settings.Add(nameof(ImagesByArea), ImagesByArea);
        settings.AddMasks(nameof(Masks), Masks);
        settings.Add(nameof(Fill), Fill);
        settings.Add(nameof(NormalizesExposure), NormalizesExposure);
        settings.Add(nameof(NormalizesTarget), NormalizesTarget);
        settings.Add(nameof(Seed), Seed);
    }

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        if (BatchSize < 1)
        {
            errors.Add(Invariant($"BatchSize is {BatchSize} and must be at least 1."));
        }

        if (!(MinimumScale is > 0 and <= 1))
        {
            errors.Add(Invariant($"MinimumScale is {MinimumScale} and must be above 0 and at most 1."));
        }

        if (DetailCandidates < 1)
        {
            errors.Add(Invariant($"DetailCandidates is {DetailCandidates} and must be at least 1."));
        }

        if (PatchesPerImage < 1)
        {
            errors.Add(Invariant($"PatchesPerImage is {PatchesPerImage} and must be at least 1."));
        }

        if (Threads < 1)
        {
            errors.Add(Invariant($"Threads is {Threads} and must be at least 1."));
        }

        if (!Enum.IsDefined(Fill))
        {
            errors.Add($"Fill {Fill} is unknown.");
        }

        if (PatchSizes.IsDefaultOrEmpty || PatchSizes[0].FromStep != 0)
        {
            errors.Add("PatchSizes must start with an entry for step 0.");
        }
        else
        {
            if (PatchSizes.Any(p => p.Size < 1))
            {
                errors.Add("Every patch size must be at least 1.");
            }

            if (PatchSizes.Zip(PatchSizes.Skip(1)).Any(pair => pair.First.FromStep >= pair.Second.FromStep))
            {
                errors.Add("PatchSizes must be listed by rising steps.");
            }
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException("PatchSamplerOptions: " + string.Join(' ', errors), parameterName);
        }
    }
}
