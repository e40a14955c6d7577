using ImageRestoration.Networks;

namespace ImageRestoration.Tiling;

/// <summary>
/// Tiles along one axis: all of one extent, starting at multiples of an alignment, the first at the picture's start and the last at its
/// end. Neighbours meet in seams: in the pixels of a seam both give a result, between seams one alone.
/// </summary>
internal sealed class TileAxis
{
    private readonly int _steps;
    private readonly TileAxisRules _rules;

    private TileAxis(int extent, int padded, int tile, int count, TileAxisRules rules)
    {
        Extent = extent;
        Tile = tile;
        Count = count;
        _rules = rules;
        _steps = (padded - tile) / rules.Alignment;
    }

    /// <summary>The picture's extent.</summary>
    internal int Extent { get; }

    /// <summary>The tiles' extent. The last may reach beyond the picture, up to the size multiple.</summary>
    internal int Tile { get; }

    /// <summary>Number of tiles.</summary>
    internal int Count { get; }

    /// <summary>Pixels that two neighbours share the result of.</summary>
    internal int Seam => _rules.Seam;

    internal static TileAxis Create(int extent, TileAxisRules rules)
    {
        int padded = AffineSize.RoundUp(extent, rules.Multiple);
        if (padded <= rules.LargestTile)
        {
            return new TileAxis(extent, padded, padded, 1, rules);
        }

        // Extents that differ from the picture's by multiples of the alignment let both the first and the last tile start at one.
        int tile = rules.LargestTile - (((rules.LargestTile - padded) % rules.Alignment + rules.Alignment) % rules.Alignment);
        int count = CountFor(tile);
        while (tile - rules.Alignment >= rules.SmallestTile && CountFor(tile - rules.Alignment) == count)
        {
            tile -= rules.Alignment;
        }

        return new TileAxis(extent, padded, tile, count, rules);

        int CountFor(int candidate)
        {
            int steps = (padded - candidate) / rules.Alignment, most = (candidate - rules.Overlap) / rules.Alignment;
            return 1 + ((steps + most - 1) / most);
        }
    }

    /// <summary>First pixel of a tile.</summary>
    internal int Start(int index) => Count == 1 ? 0 : (int)((long)index * _steps / (Count - 1)) * _rules.Alignment;

    /// <summary>First pixel of the result that a tile has part in.</summary>
    internal int From(int index) => index == 0 ? 0 : SeamStart(index - 1);

    /// <summary>Pixel behind the last of the result that a tile has part in.</summary>
    internal int To(int index) => index == Count - 1 ? Extent : SeamStart(index) + Seam;

    /// <summary>Pixel behind the last of the result to which no later tile adds.</summary>
    internal int FinalTo(int index) => index == Count - 1 ? Extent : SeamStart(index);

    /// <summary>Share of a tile in the result: 1 between seams, a cosine ramp in them, so that two neighbours' shares make 1.</summary>
    internal float Weight(int index, int position)
    {
        if (index > 0 && position < SeamStart(index - 1) + Seam)
        {
            return Ramp(position - SeamStart(index - 1));
        }

        return index < Count - 1 && position >= SeamStart(index) ? 1 - Ramp(position - SeamStart(index)) : 1;
    }

    private float Ramp(int offset) => (float)(0.5 - (0.5 * Math.Cos(Math.PI * (offset + 0.5) / Seam)));

    /// <summary>The seam lies in the middle of what both neighbours compute exactly.</summary>
    private int SeamStart(int index)
    {
        int from = Start(index + 1) + _rules.Before, to = Start(index) + Tile - _rules.After;
        return from + ((to - from - Seam) / 2);
    }
}
