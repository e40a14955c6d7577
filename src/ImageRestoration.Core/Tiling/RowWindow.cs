using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Tiling;

/// <summary>What is held of a streamed picture: the rows of one row of tiles, of the picture, its mask and its result.</summary>
internal sealed class RowWindow : IDisposable
{
    private const float MissingFrom = 0.5f;

    private readonly IRowSource _source;
    private readonly IRowSource? _maskSource;
    private readonly IRowSink _sink;
    private readonly TileGrid _grid;
    private readonly ImageTensor? _maskRows;
    private int _read;
    private int _written;

    internal RowWindow(IRowSource source, IRowSource? mask, IRowSink sink, TileGrid grid)
    {
        RowFormat format = source.Format;
        _source = source;
        _maskSource = mask;
        _sink = sink;
        _grid = grid;
        ImageShape shape = ImageShape.Single(format.Channels, Math.Min(grid.Rows.Tile, format.Height), format.Width);
        Picture = ImageTensor.CreateUninitialized(shape);
        Result = ImageTensor.Create(shape);
        if (mask is not null)
        {
            Mask = new Mask(shape.Height, shape.Width);
            _maskRows = ImageTensor.CreateUninitialized(shape with { Channels = 1, Height = 1 });
        }
    }

    /// <summary>Row of the picture that the window's first row is.</summary>
    internal int Top { get; private set; }

    internal ImageTensor Picture { get; }

    internal ImageTensor Result { get; }

    internal Mask? Mask { get; }

    /// <summary>Moves down to a row of tiles, and reads what it needs.</summary>
    internal void MoveTo(int row)
    {
        int top = _grid.Rows.Start(row), down = top - Top, kept = _read - top, end = Math.Min(top + _grid.Rows.Tile, _grid.Rows.Extent);
        if (down > 0)
        {
            int width = Picture.Width;
            for (int c = 0; c < Picture.Channels; c++)
            {
                MoveUp(Picture.Plane(0, c), down * width, kept * width);
                MoveUp(Result.Plane(0, c), down * width, Picture.Plane(0, c).Length - (down * width));
                Result.Plane(0, c)[^(down * width)..].Clear();
            }

            if (Mask is not null)
            {
                MoveUp(Mask.Values, down * width, kept * width);
            }
        }

        Top = top;
        if (end > _read)
        {
            _source.Read(Picture, _read - top, end - _read);
            ReadMask(_read, end);
            _read = end;
        }
    }

    /// <summary>Writes the rows to which no later tile adds.</summary>
    internal void WriteFinal(int row)
    {
        if (Mask is not null)
        {
            Restoration.KnownPixels.Restore(Picture, Mask, Result);
        }

        int from = _written - Top, count = _grid.Rows.FinalTo(row) - _written;
        if (_source.Format.HasAlpha)
        {
            int alpha = Picture.Channels - 1, width = Picture.Width;
            Picture.Plane(0, alpha).Slice(from * width, count * width).CopyTo(Result.Plane(0, alpha)[(from * width)..]);
        }

        _sink.Write(Result, from, count);
        _written += count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Picture.Dispose();
        Result.Dispose();
        _maskRows?.Dispose();
    }

    private static void MoveUp<T>(Span<T> plane, int by, int count) => plane.Slice(by, count).CopyTo(plane);

    private void ReadMask(int from, int to)
    {
        for (int y = from; _maskSource is not null && y < to; y++)
        {
            _maskSource.Read(_maskRows!, 0, 1);
            ReadOnlySpan<float> values = _maskRows!.Span;
            Span<byte> missing = Mask!.Values.Slice((y - Top) * values.Length, values.Length);
            for (int x = 0; x < values.Length; x++)
            {
                missing[x] = values[x] >= MissingFrom ? (byte)1 : (byte)0;
            }
        }
    }
}
