using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>The strips or tiles of a TIFF picture: where they are and how long they are when unpacked.</summary>
internal sealed class TiffBlocks
{
    // What a decoder would reserve for one block, whatever the picture's size.
    private const long MostBytes = 1L << 30;

    private readonly long _rowBytes;
    private readonly long _rows;
    private readonly long _height;
    private readonly long _perPlane;
    private readonly bool _tiled;

    private TiffBlocks(uint[] offsets, uint[] counts, long rowBytes, long rows, long height, long perPlane, bool tiled)
    {
        Offsets = offsets;
        Counts = counts;
        _rowBytes = rowBytes;
        _rows = rows;
        _height = height;
        _perPlane = perPlane;
        _tiled = tiled;
    }

    /// <summary>The tiles, or <see langword="null"/> where there are strips.</summary>
    internal TiffTiles? Tiles { get; private init; }

    internal int Count => Offsets.Length;

    internal uint[] Offsets { get; }

    internal uint[] Counts { get; }

    /// <summary>Finds the strips or tiles; fails where there are fewer than the picture needs.</summary>
    internal static bool TryCreate(TiffInspector.TiffDirectory directory, FileFacts facts, out TiffBlocks blocks)
    {
        bool tiled = directory.Number(TiffTags.TileWidth, 0) > 0;
        uint[] offsets = directory.Numbers(tiled ? TiffTags.TileOffsets : TiffTags.StripOffsets);
        uint[] counts = directory.Numbers(tiled ? TiffTags.TileByteCounts : TiffTags.StripByteCounts);
        long samples = directory.Number(TiffTags.SamplesPerPixel, 1);
        bool planar = samples > 1 && directory.Number(TiffTags.PlanarConfiguration, 1) == 2;
        long pixelBytes = (planar ? 1 : samples) * facts.Bits / 8;
        long width = tiled ? directory.Number(TiffTags.TileWidth, 0) : facts.Width;
        long stated = directory.Number(tiled ? TiffTags.TileLength : TiffTags.RowsPerStrip, tiled ? 0 : uint.MaxValue);
        long rows = tiled ? stated : Math.Min(stated, facts.Height);
        long perPlane = rows == 0 ? 0 : Ceiling(facts.Height, rows) * Ceiling(facts.Width, width);
        long needed = perPlane * (planar ? samples : 1);
        bool bounded = (!tiled && stated == uint.MaxValue) || stated <= facts.Height || (Int128)width * stated * pixelBytes <= MostBytes;
        bounded &= !tiled || (Int128)width * rows * pixelBytes <= MostBytes;
        bool valid = bounded && needed > 0 && offsets.Length >= needed && counts.Length >= needed;
        offsets = valid ? offsets[..(int)needed] : [];
        counts = valid ? counts[..(int)needed] : [];
        blocks = new TiffBlocks(offsets, counts, width * pixelBytes, rows, facts.Height, perPlane, tiled)
        {
            // As one column, so many rows as an image of ImageSharp can have.
            Tiles = tiled && valid && perPlane * rows <= int.MaxValue
                ? new TiffTiles((int)width, (int)rows, (int)Ceiling(facts.Width, width), (int)perPlane)
                : null,
        };
        valid &= !tiled || blocks.Tiles is not null;
        return valid;
    }

    /// <summary>
    /// Bytes of a strip or tile when unpacked. The last strip of a plane may be shorter than the others; tiles are padded.
    /// </summary>
    internal long LengthOf(int index)
        => _rowBytes * (_tiled ? _rows : Math.Min(_rows, _height - (index % _perPlane * _rows)));

    private static long Ceiling(long value, long divisor) => (value + divisor - 1) / divisor;
}
