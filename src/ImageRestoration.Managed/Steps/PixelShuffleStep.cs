namespace ImageRestoration.Managed;

/// <summary>Moves channels into space, where no convolution before it could store its results in their places.</summary>
internal sealed unsafe class PixelShuffleStep(string name, int factor, ValueLayout input, ValueLayout output) : RowStep(name, output)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        int channels = Target.ChannelsIn(block);
        for (int lane = 0; lane < channels; lane++)
        {
            for (int offset = 0; offset < factor; offset++)
            {
                int channel = (((((block * ValueLayout.Lanes) + lane) * factor) + (y % factor)) * factor) + offset;
                float* source = input.At(context.Arena, batch, channel / ValueLayout.Lanes, y / factor, 0) + (channel % ValueLayout.Lanes);
                float* target = destination + ((nint)offset * ValueLayout.Lanes) + lane;
                for (int x = 0; x < input.Shape.Width; x++, source += ValueLayout.Lanes, target += factor * ValueLayout.Lanes)
                {
                    *target = *source;
                }
            }
        }
    }
}
