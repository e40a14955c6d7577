namespace ImageRestoration.Managed;

/// <summary>A step that makes the rows of its output one by one.</summary>
internal abstract class RowStep : Step
{
    /// <summary>Floats in a tile, about: enough that handing it out costs little, few enough that many threads get some.</summary>
    private const int TileFloats = 1 << 14;
    private readonly int _rowsPerTile;

    /// <summary>Creates the step.</summary>
    /// <param name="name">Name of the layer whose value it makes.</param>
    /// <param name="output">The value.</param>
    /// <param name="width">Pixels that a row costs; the output's where <see langword="null"/>.</param>
    protected RowStep(string name, ValueLayout output, int? width = null)
        : base(name, output)
    {
        Target = output;
        int rows = checked(output.Shape.Batch * output.Blocks * output.Shape.Height);
        _rowsPerTile = Math.Max(1, TileFloats / ((width ?? output.Shape.Width) * ValueLayout.Lanes));
        WorkTiles = (rows + _rowsPerTile - 1) / _rowsPerTile;
        Rows = rows;
    }

    protected sealed override int WorkTiles { get; }

    protected ValueLayout Target { get; }

    private int Rows { get; }

    protected sealed override void RunWork(RunContext context, int tile)
    {
        int end = (int)Math.Min(Rows, (tile + 1L) * _rowsPerTile);
        for (int row = tile * _rowsPerTile; row < end; row++)
        {
            int plane = row / Target.Shape.Height;
            RunRow(context, plane / Target.Blocks, plane % Target.Blocks, row % Target.Shape.Height);
        }
    }

    protected abstract void RunRow(RunContext context, int batch, int block, int y);
}
