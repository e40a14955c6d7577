namespace ImageRestoration.Tiling;

/// <summary>What tiles along one axis keep to.</summary>
/// <param name="Multiple">The padded picture's extent is a multiple of this.</param>
/// <param name="Alignment">Tiles start at multiples of this, itself a multiple of <paramref name="Multiple"/>.</param>
/// <param name="LargestTile">Largest extent of a tile.</param>
/// <param name="Before">Pixels at the start of a tile that are not exact, unless the picture starts there.</param>
/// <param name="After">Pixels at the end of a tile that are not exact, unless the picture ends there.</param>
/// <param name="Seam">Pixels in which both of two neighbours give a result.</param>
internal readonly record struct TileAxisRules(int Multiple, int Alignment, int LargestTile, int Before, int After, int Seam)
{
    /// <summary>Pixels that neighbours have in common, at least.</summary>
    internal int Overlap => Before + After + Seam;

    /// <summary>
    /// Smallest extent of a tile: one step of the alignment further than the overlap, with room between two seams so that they keep apart,
    /// and two multiples, so that the mirrored pixels beyond the picture's end lie within the last tile.
    /// </summary>
    internal int SmallestTile => Math.Max(Overlap + Alignment + (Seam == 0 ? 0 : (2 * Seam) + Alignment), 2 * Multiple);

    /// <summary>Smallest <see cref="LargestTile"/>: to fit the picture's end, tiles may be smaller by less than an alignment.</summary>
    internal int SmallestLimit => checked(SmallestTile + Alignment - 1);
}
