namespace ImageRestoration.Data;

/// <summary>Checks of sources whose pictures belong together: the n-th of one to the n-th of every other.</summary>
internal static class AlignedSources
{
    /// <exception cref="TrainingException">The sources differ in the number of their pictures, or in the size of one.</exception>
    internal static void ThrowIfUnlike(IPatchSource first, IPatchSource other)
    {
        if (first.Count != other.Count)
        {
            throw new TrainingException($"Aligned sources hold {first.Count} and {other.Count} pictures; every picture has one partner in each. Leave out the pictures without partner.");
        }

        for (int i = 0; i < first.Count; i++)
        {
            if (first.SizeOf(i) is var size && other.SizeOf(i) is var otherSize && size != otherSize)
            {
                throw new TrainingException($"'{first.NameOf(i)}' is {size.Height}×{size.Width} and its partner '{other.NameOf(i)}' is {otherSize.Height}×{otherSize.Width}. Aligned pictures are of one size: crop or resize them, or leave them out.");
            }
        }
    }
}
