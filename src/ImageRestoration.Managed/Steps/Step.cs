namespace ImageRestoration.Managed;

/// <summary>
/// One pass over the values of a plan, cut into tiles that any thread may run in any order: tiles write different places.
/// </summary>
internal abstract unsafe class Step
{
    private readonly int _haloTiles;

    /// <summary>Creates the step.</summary>
    /// <param name="name">Name of the layer whose value it makes.</param>
    /// <param name="output">The value it makes; <see langword="null"/> for a step that leaves the arena.</param>
    protected Step(string name, ValueLayout? output)
    {
        Name = name;
        Output = output;
        _haloTiles = output is null || output.Halo.IsEmpty ? 0 : output.Shape.Batch * output.Blocks;
    }

    internal string Name { get; }

    internal ValueLayout? Output { get; }

    /// <summary>Floats that each thread needs beside the arena while it runs a tile.</summary>
    internal virtual long ScratchLength => 0;

    internal int TileCount => _haloTiles + WorkTiles;

    /// <summary>Tiles without those that clear borders.</summary>
    protected abstract int WorkTiles { get; }

    /// <summary>Runs a tile.</summary>
    internal void RunTile(RunContext context, int tile)
    {
        if (tile < _haloTiles)
        {
            Output!.ClearHalo(context.Arena, tile / Output.Blocks, tile % Output.Blocks);
            return;
        }

        RunWork(context, tile - _haloTiles);
    }

    protected abstract void RunWork(RunContext context, int tile);
}
