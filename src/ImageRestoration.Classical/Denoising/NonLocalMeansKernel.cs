namespace ImageRestoration.Classical.Denoising;

/// <summary>What non-local means does to a pixel, in the units of its inner loop.</summary>
/// <param name="PatchSize">Side of the patches, odd.</param>
/// <param name="SearchRadius">How far patches are searched in each direction.</param>
/// <param name="Scale">
/// Factor of the sum of squared differences over a patch of one channel; the weight is 2 to the power of minus that.
/// </param>
/// <param name="Bias">What noise alone adds to the scaled sum.</param>
internal readonly record struct NonLocalMeansKernel(int PatchSize, int SearchRadius, float Scale, float Bias)
{
    /// <summary>How far a result depends on pixels around it.</summary>
    public int Halo => SearchRadius + (PatchSize / 2);

    /// <summary>Creates the kernel for a strength of noise.</summary>
    /// <param name="options">Patch, search and strength.</param>
    /// <param name="sigma">Standard deviation of the noise, in the pixels' own units, above 0.</param>
    public static NonLocalMeansKernel Create(NonLocalMeansOptions options, double sigma)
    {
        // exp(−(d² − 2σ²) / h²), with h in multiples of σ and d² the mean over patch and channels.
        double perSquare = 1 / (options.Strength * options.Strength * Math.Log(2));
        double area = options.PatchSize * options.PatchSize;
        return new NonLocalMeansKernel(
            options.PatchSize, options.SearchRadius, (float)(perSquare / (area * sigma * sigma)), (float)(2 * perSquare));
    }
}
