using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>One run of the exemplar-based inpainting over one picture.</summary>
internal sealed class PatchInpainting(PatchMatchOptions options, CancellationToken cancellationToken)
{
    private const int SweepsPerIteration = 4;

    // The shorter side of the coarsest scale, below which hardly any patches are left to choose from.
    private const int SmallestInPatches = 2;

    // A scale has settled when its values change by less than this on average: a tenth of a level of 8 bits.
    private const double Settled = 0.1 / 255;

    internal void Run(ImageTensor image, int picture, Mask mask)
    {
        int half = (Math.Min(options.PatchSize, Math.Min(image.Height, image.Width)) - 1) / 2;
        List<PatchLevel> levels = CreatePyramid(PatchLevel.Create(image, picture, mask), half);
        PatchField? coarser = null;
        for (int i = levels.Count - 1; i >= 0; i--)
        {
            var field = new PatchField(
                levels[i], half, PatchRoles.ForVoting(levels[i], half), options.Seed + i, new() { CancellationToken = cancellationToken });
            if (i == levels.Count - 1)
            {
                new PatchLayerFill(levels[i], field, half, options.Seed).Run(cancellationToken);
            }
            else
            {
                levels[i].FillFrom(levels[i + 1]);
            }

            if (field.HasSources)
            {
                Refine(levels[i], field, coarser, half, i == 0 ? (options.Iterations + 1) / 2 : options.Iterations);
            }

            coarser = field.HasSources ? field : null;
        }

        levels[0].CopyMissingTo(image, picture);
    }

    private static List<PatchLevel> CreatePyramid(PatchLevel finest, int half)
    {
        List<PatchLevel> levels = [finest];
        int size = (2 * half) + 1;
        while (Math.Min(levels[^1].Height, levels[^1].Width) >= SmallestInPatches * 2 * size && IsTooHard(levels[^1], half))
        {
            levels.Add(levels[^1].Halve());
        }

        return levels;
    }

    /// <summary>Whether a gap is wider than a patch, or hardly any patch is known in full.</summary>
    private static bool IsTooHard(PatchLevel level, int half)
    {
        int[] missing = PatchWindows.CountMissing(level, half);
        int size = (2 * half) + 1;
        return missing.Contains(size * size) || PatchRoles.HasTooFewFull(missing, level);
    }

    private void Refine(PatchLevel level, PatchField field, PatchField? coarser, int half, int iterations)
    {
        var vote = new PatchVote(level, half);
        if (coarser is null)
        {
            field.StartAtRandom();
        }
        else
        {
            field.StartFrom(coarser);
            if (!field.IsRelaxed)
            {
                vote.Run(field, weighted: false, cancellationToken);
            }
        }

        for (int i = 0; i < iterations; i++)
        {
            field.Measure();
            for (int sweep = 0; sweep < SweepsPerIteration; sweep++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                field.Sweep();
            }

            if (vote.Run(field, weighted: true, cancellationToken) < Settled)
            {
                return;
            }
        }
    }
}
