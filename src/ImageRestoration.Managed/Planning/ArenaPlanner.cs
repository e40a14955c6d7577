namespace ImageRestoration.Managed;

/// <summary>Places blocks so that those alive at the same time do not overlap and the arena stays near the largest live set.</summary>
internal static class ArenaPlanner
{
    private const int Alignment = ValueLayout.Lanes;

    /// <summary>Sets the blocks' offsets and returns the arena's size in floats.</summary>
    /// <remarks>
    /// Largest first, each at the lowest place that is free for all of its life (Pisarchyk and Lee, 2020, "greedy by size").
    /// </remarks>
    internal static long Place(IReadOnlyList<ArenaBlock> blocks)
    {
        var placed = new List<ArenaBlock>();
        long end = 0;
        foreach (ArenaBlock block in blocks.OrderByDescending(b => b.Size))
        {
            long offset = 0;
            foreach (ArenaBlock other in placed.Where(block.LivesWith).OrderBy(b => b.Offset))
            {
                if (other.Offset - offset >= block.Size)
                {
                    break;
                }

                offset = Math.Max(offset, RoundUp(other.Offset + other.Size));
            }

            block.Offset = offset;
            placed.Add(block);
            end = Math.Max(end, offset + block.Size);
        }

        return end;
    }

    private static long RoundUp(long offset) => (offset + Alignment - 1) / Alignment * Alignment;
}
