namespace ImageRestoration.Managed;

/// <summary>Puts channels of several values side by side; those that were written in their place already are left alone.</summary>
internal sealed unsafe class ConcatStep : RowStep
{
    private readonly ValueLayout[] _inputs;
    private readonly Piece[][] _pieces;

    internal ConcatStep(string name, ValueLayout[] inputs, ValueLayout output)
        : base(name, output)
    {
        _inputs = inputs;
        _pieces = [.. Enumerable.Range(0, output.Blocks).Select(block => PiecesOf(block).ToArray())];
    }

    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        foreach (Piece piece in _pieces[block])
        {
            float* source = _inputs[piece.Input].At(context.Arena, batch, piece.Block, y, 0) + piece.SourceLane;
            float* destination = Target.At(context.Arena, batch, block, y, 0) + piece.Lane;
            for (int x = 0; x < Target.Shape.Width; x++, source += ValueLayout.Lanes, destination += ValueLayout.Lanes)
            {
                new ReadOnlySpan<float>(source, piece.Count).CopyTo(new Span<float>(destination, piece.Count));
            }
        }
    }

    /// <summary>Which lanes of which inputs make a block of the output.</summary>
    private IEnumerable<Piece> PiecesOf(int block)
    {
        int lane = 0, channels = Target.ChannelsIn(block);
        while (lane < channels)
        {
            int channel = (block * ValueLayout.Lanes) + lane, input = 0;
            for (; channel >= _inputs[input].Shape.Channels; input++)
            {
                channel -= _inputs[input].Shape.Channels;
            }

            int sourceLane = channel % ValueLayout.Lanes, sourceBlock = channel / ValueLayout.Lanes;
            int count = Math.Min(channels - lane, _inputs[input].ChannelsIn(sourceBlock) - sourceLane);
            if (_inputs[input].Storage != Target.Storage)
            {
                yield return new Piece(input, sourceBlock, sourceLane, lane, count);
            }

            lane += count;
        }
    }

    private readonly record struct Piece(int Input, int Block, int SourceLane, int Lane, int Count);
}
