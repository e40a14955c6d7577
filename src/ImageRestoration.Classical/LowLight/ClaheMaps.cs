using ImageRestoration.Imaging;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.LowLight;

/// <summary>For each tile of a picture, what becomes of each level of luminance.</summary>
internal sealed class ClaheMaps
{
    private const int Levels = 256;
    private const float White = Levels - 1;

    private readonly int _tileRows;
    private readonly int _tileColumns;
    private readonly int _tileHeight;
    private readonly int _tileWidth;

    /// <summary>Tile after tile, one value in [0, 1] for each level, and white once more so that every level has a next one.</summary>
    private readonly float[] _maps;

    /// <summary>For each column, the maps of the two tiles beside it and the right one's share.</summary>
    private readonly (int Left, int Right, float Share)[] _columns;

    public ClaheMaps(ImageTensor luminance, ClaheOptions options, ParallelOptions parallel)
    {
        _tileRows = options.TileRows;
        _tileColumns = options.TileColumns;
        _tileHeight = ((luminance.Height - 1) / _tileRows) + 1;
        _tileWidth = ((luminance.Width - 1) / _tileColumns) + 1;
        _maps = new float[_tileRows * _tileColumns * (Levels + 1)];
        _columns = new (int, int, float)[luminance.Width];
        for (int x = 0; x < _columns.Length; x++)
        {
            (int left, int right, float share) = Neighbours(x, _tileWidth, _tileColumns);
            _columns[x] = (left * (Levels + 1), right * (Levels + 1), share);
        }

        Parallel.For(0, _tileRows * _tileColumns, parallel, tile => Fill(luminance, tile, options.ClipLimit));
    }

    /// <summary>Replaces one row of luminance by the difference between what becomes of it and what it is.</summary>
    public void ToChange(int row, Span<float> luminance)
    {
        (int upper, int lower, float below) = Neighbours(row, _tileHeight, _tileRows);
        int length = _tileColumns * (Levels + 1);
        ReadOnlySpan<float> upperMaps = _maps.AsSpan(upper * length, length);
        ReadOnlySpan<float> lowerMaps = _maps.AsSpan(lower * length, length);
        for (int x = 0; x < luminance.Length; x++)
        {
            float position = Math.Clamp(luminance[x], 0f, 1f) * White;
            int level = (int)position;
            float rest = position - level;
            (int left, int right, float share) = _columns[x];
            float above = Mix(Look(upperMaps, left + level, rest), Look(upperMaps, right + level, rest), share);
            float under = Mix(Look(lowerMaps, left + level, rest), Look(lowerMaps, right + level, rest), share);
            luminance[x] = Mix(above, under, below) - luminance[x];
        }

        static float Look(ReadOnlySpan<float> maps, int index, float rest) => Mix(maps[index], maps[index + 1], rest);
    }

    private static float Mix(float first, float second, float share) => first + ((second - first) * share);

    /// <summary>
    /// The two tiles whose centres a pixel lies between, and the second one's share; beyond the outer centres both are the same.
    /// </summary>
    private static (int First, int Second, float Share) Neighbours(int position, int tileSize, int tiles)
    {
        float place = ((float)position / tileSize) - 0.5f;
        int first = (int)MathF.Floor(place);
        return (Math.Max(first, 0), Math.Min(first + 1, tiles - 1), place - first);
    }

    private void Fill(ImageTensor luminance, int tile, double clipLimit)
    {
        Span<int> histogram = stackalloc int[Levels];
        histogram.Clear();
        (int tileRow, int tileColumn) = Math.DivRem(tile, _tileColumns);
        int left = tileColumn * _tileWidth;
        for (int y = tileRow * _tileHeight; y < (tileRow + 1) * _tileHeight; y++)
        {
            ReadOnlySpan<float> row = luminance.Row(0, 0, MirrorPadding.Mirror(y, luminance.Height));
            int inside = Math.Min(left + _tileWidth, row.Length);
            for (int x = left; x < inside; x++)
            {
                histogram[Level(row[x])]++;
            }

            for (int x = Math.Max(left, inside); x < left + _tileWidth; x++)
            {
                histogram[Level(row[MirrorPadding.Mirror(x, row.Length)])]++;
            }
        }

        long area = (long)_tileHeight * _tileWidth;
        Clip(histogram, (int)Math.Clamp(clipLimit * area / Levels, 1, int.MaxValue));
        Span<float> map = _maps.AsSpan(tile * (Levels + 1), Levels + 1);
        long sum = 0;
        for (int level = 0; level < Levels; level++)
        {
            sum += histogram[level];
            map[level] = (float)((double)sum / area);
        }

        map[Levels] = map[Levels - 1];

        static int Level(float value) => (int)((Math.Clamp(value, 0f, 1f) * White) + 0.5f);
    }

    /// <summary>Cuts the histogram off at a limit and spreads what is cut off evenly; the remainder goes to every n-th level.</summary>
    private static void Clip(Span<int> histogram, int limit)
    {
        int excess = 0;
        foreach (ref int count in histogram)
        {
            if (count > limit)
            {
                excess += count - limit;
                count = limit;
            }
        }

        (int each, int remainder) = Math.DivRem(excess, Levels);
        foreach (ref int count in histogram)
        {
            count += each;
        }

        int step = remainder > 0 ? Math.Max(Levels / remainder, 1) : Levels;
        for (int level = 0; level < Levels && remainder > 0; level += step, remainder--)
        {
            histogram[level]++;
        }
    }
}
