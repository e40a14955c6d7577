using ImageRestoration.Imaging;

namespace ImageRestoration.Tiling;

/// <summary>
/// The rows of one row of tiles as the network is to see them, taken out of the very pictures that the results go into: a picture that was
/// prepared as a whole then needs no memory beside its result.
/// </summary>
internal sealed class PreparedBand : IDisposable
{
    private readonly TileGrid _grid;
    private readonly ImageTensor _pictures;
    private int _read;

    /// <summary>Reserves the band.</summary>
    /// <param name="grid">The tiles.</param>
    /// <param name="pictures">Prepared pictures, which become the results.</param>
    internal PreparedBand(TileGrid grid, ImageTensor pictures)
    {
        _grid = grid;
        _pictures = pictures;
        Rows = ImageTensor.CreateUninitialized(pictures.Shape with { Height = Math.Min(grid.Rows.Tile, pictures.Height) });
    }

    /// <summary>The band.</summary>
    internal ImageTensor Rows { get; }

    /// <summary>Row of the pictures that the band's first row is.</summary>
    internal int Top { get; private set; }

    /// <summary>Moves down to a row of tiles: keeps what the one before shares, and takes the rest before results overwrite it.</summary>
    internal void MoveTo(int row)
    {
        int top = _grid.Rows.Start(row), end = Math.Min(top + _grid.Rows.Tile, _grid.Rows.Extent), width = Rows.Width;
        int down = (top - Top) * width, kept = Math.Max(0, _read - top) * width;
        for (int n = 0; n < Rows.Batch; n++)
        {
            for (int c = 0; c < Rows.Channels; c++)
            {
                Span<float> band = Rows.Plane(n, c), picture = _pictures.Plane(n, c);
                if (down > 0)
                {
                    band.Slice(down, kept).CopyTo(band);
                }

                Span<float> fresh = picture[(_read * width)..(end * width)];
                fresh.CopyTo(band[kept..]);
                if (_grid.Blends)
                {
                    // Shares of several tiles are added up here.
                    fresh.Clear();
                }
            }
        }

        (Top, _read) = (top, end);
    }

    /// <inheritdoc/>
    public void Dispose() => Rows.Dispose();
}
