namespace ImageRestoration.Managed;

/// <summary>Brings a value from blocks into an output's planes (NCHW).</summary>
internal sealed unsafe class UnpackStep : Step
{
    private const int TileFloats = 1 << 14;
    private readonly ValueLayout _source;
    private readonly int _output;
    private readonly int _rows;
    private readonly int _rowsPerTile;

    internal UnpackStep(string name, int output, ValueLayout source)
        : base(name, output: null)
    {
        _source = source;
        _output = output;
        _rows = checked(source.Shape.Batch * source.Blocks * source.Shape.Height);
        _rowsPerTile = Math.Max(1, TileFloats / (source.Shape.Width * ValueLayout.Lanes));
        WorkTiles = (_rows + _rowsPerTile - 1) / _rowsPerTile;
    }

    protected override int WorkTiles { get; }

    protected override void RunWork(RunContext context, int tile)
    {
        int end = (int)Math.Min(_rows, (tile + 1L) * _rowsPerTile);
        for (int row = tile * _rowsPerTile; row < end; row++)
        {
            int plane = row / _source.Shape.Height;
            RunRow(context, plane / _source.Blocks, plane % _source.Blocks, row % _source.Shape.Height);
        }
    }

    private void RunRow(RunContext context, int batch, int block, int y)
    {
        int width = _source.Shape.Width, channels = _source.ChannelsIn(block);
        nint plane = (nint)_source.Shape.Height * width;
        float* destination = context.Output(_output)
            + ((((nint)batch * _source.Shape.Channels) + (block * ValueLayout.Lanes)) * plane)
            + ((nint)y * width);
        float* source = _source.At(context.Arena, batch, block, y, 0);
        for (int c = 0; c < channels; c++, destination += plane)
        {
            float* lane = source + c;
            for (int x = 0; x < width; x++, lane += ValueLayout.Lanes)
            {
                destination[x] = *lane;
            }
        }
    }
}
