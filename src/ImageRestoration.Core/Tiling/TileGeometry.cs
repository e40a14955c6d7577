using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tiling;

/// <summary>How pictures are cut into tiles: follows from restorer and options, the same for pictures of all sizes.</summary>
internal sealed record TileGeometry(TileAxisRules Rows, TileAxisRules Columns, bool Blends)
{
    /// <summary>Assumed of restorers that do not say: a full-size layer of 64 channels with its input, twice.</summary>
    private const double AssumedValuesPerPixel = 256;

    /// <summary>Derives the geometry, or says why there is none.</summary>
    /// <exception cref="ArgumentException">The restorer looks further than can be known, or tiles are too small.</exception>
    internal static TileGeometry Create(RestorerInfo info, TilingOptions options, string parameterName)
    {
        (ReceptiveField halo, int seam) = Overlap(info, options, parameterName);
        Size2d multiple = info.SizeMultiple, alignment = info.TileAlignment ?? multiple;
        Size2d tile = options.TileSize
            ?? (options.MemoryBudget is { } budget ? TileFor(budget, info, options) : TilingOptions.DefaultTileSize);
        TileAxisRules rows = Axis(SpatialAxis.Height, halo.Top, halo.Bottom), columns = Axis(SpatialAxis.Width, halo.Left, halo.Right);
        if (tile.Height < rows.SmallestLimit || tile.Width < columns.SmallestLimit)
        {
            throw TilingErrors.TooSmall(info, tile, rows, columns, alignment, options.MemoryBudget is not null, parameterName);
        }

        return new TileGeometry(rows, columns, Blends: seam > 0);

        TileAxisRules Axis(SpatialAxis axis, int before, int after)
        {
            int step = multiple.Along(axis);
            (int ahead, int behind) = (AffineSize.RoundUp(before, step), AffineSize.RoundUp(after, step));
            return new(step, alignment.Along(axis), tile.Along(axis), ahead, behind, seam);
        }
    }

    /// <summary>Cuts a picture.</summary>
    internal TileGrid GridFor(ImageShape shape) => GridFor(shape.Height, shape.Width);

    /// <summary>Cuts a picture.</summary>
    internal TileGrid GridFor(int height, int width) => new(TileAxis.Create(height, Rows), TileAxis.Create(width, Columns), Blends);

    /// <summary>The same with seams to compare tiles in, where there are none; tiles grow if they must.</summary>
    internal TileGeometry WithSeams() => Blends ? this : new TileGeometry(WithSeam(Rows), WithSeam(Columns), Blends: true);

    private static TileAxisRules WithSeam(TileAxisRules rules)
    {
        TileAxisRules wider = rules with { Seam = rules.Alignment };
        return wider with { LargestTile = Math.Max(wider.LargestTile, wider.SmallestLimit) };
    }

    private static (ReceptiveField Halo, int Seam) Overlap(RestorerInfo info, TilingOptions options, string parameterName)
    {
        ReceptiveField? known = info.TileHalo;
        if (known is { IsGlobal: false } halo && (options.Overlap is not { } overlap || overlap >= halo.Radius))
        {
            return (options.Overlap is { } wider ? Uniform(wider) : halo, Seam: 0);
        }

        if (options.AllowBlending)
        {
            return (default, Math.Max(1, options.Overlap ?? TilingOptions.DefaultBlending));
        }

        if (known is null && options.Overlap is { } claimed)
        {
            return (Uniform(claimed), Seam: 0);
        }

        throw TilingErrors.NotExact(info, options.Overlap, parameterName);
    }

    private static ReceptiveField Uniform(int overlap) => new(overlap, overlap, overlap, overlap, IsGlobal: false);

    private static Size2d TileFor(long budget, RestorerInfo info, TilingOptions options)
    {
        // The tiles themselves, and their results, beside what the network holds.
        double values = (info.ValuesPerPixel ?? AssumedValuesPerPixel) + (2.0 * info.Channels);
        double side = Math.Sqrt(budget / (values * sizeof(float) * options.BatchSize));
        return (int)Math.Clamp(side, 1, 1 << 16);
    }
}
