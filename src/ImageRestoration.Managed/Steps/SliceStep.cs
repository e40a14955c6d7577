using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Copies some neighbouring channels: whole blocks where they begin with one, otherwise lanes of two blocks.</summary>
internal sealed unsafe class SliceStep(SliceLayer layer, ValueLayout input, ValueLayout output) : RowStep(layer.Name, output)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        int first = layer.Start + (block * ValueLayout.Lanes), lane = first % ValueLayout.Lanes, sourceBlock = first / ValueLayout.Lanes,
            width = Target.Shape.Width;
        float* source = input.At(context.Arena, batch, sourceBlock, y, 0);
        if (lane == 0)
        {
            new ReadOnlySpan<float>(source, width * ValueLayout.Lanes).CopyTo(new Span<float>(destination, width * ValueLayout.Lanes));
            return;
        }

        int channels = Target.ChannelsIn(block), head = Math.Min(channels, ValueLayout.Lanes - lane);
        Copy(source + lane, destination, head, width);
        if (channels > head)
        {
            Copy(input.At(context.Arena, batch, sourceBlock + 1, y, 0), destination + head, channels - head, width);
        }
    }

    private static void Copy(float* source, float* destination, int lanes, int pixels)
    {
        for (; pixels > 0; pixels--, source += ValueLayout.Lanes, destination += ValueLayout.Lanes)
        {
            new ReadOnlySpan<float>(source, lanes).CopyTo(new Span<float>(destination, lanes));
        }
    }
}
