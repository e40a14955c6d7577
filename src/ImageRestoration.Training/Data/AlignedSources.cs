namespace ImageRestoration.Data;

/// <summary>Checks of sources whose pictures belong together: the n-th of one to the n-th of every other.</summary>
internal static class AlignedSources
{
    /// <exception cref="TrainingException">The sources differ in the number of their pictures, or in the size of one.</exception>
    internal static void ThrowIfUnlike(IPatchSource first, IPatchSource other)
    {
        if (first.Count != other.Count)
        {
            throw DataErrors.UnlikeCount(first.Count, other.Count);
        }

        for (int i = 0; i < first.Count; i++)
        {
            if (first.SizeOf(i) is var size && other.SizeOf(i) is var otherSize && size != otherSize)
            {
                throw DataErrors.UnlikeSize(first.NameOf(i), size, other.NameOf(i), otherSize);
            }
        }
    }
}
