namespace ImageRestoration.Managed;

/// <summary>Moves space into channels.</summary>
internal sealed unsafe class PixelUnshuffleStep(string name, int factor, ValueLayout input, ValueLayout output) : RowStep(name, output)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        int channels = Target.ChannelsIn(block);
        for (int lane = 0; lane < channels; lane++)
        {
            int channel = (block * ValueLayout.Lanes) + lane;
            int offsetX = channel % factor, offsetY = channel / factor % factor, sourceChannel = channel / (factor * factor);
            float* source = input.At(context.Arena, batch, sourceChannel / ValueLayout.Lanes, (y * factor) + offsetY, offsetX)
                + (sourceChannel % ValueLayout.Lanes);
            float* target = destination + lane;
            for (int x = 0; x < Target.Shape.Width; x++, source += factor * ValueLayout.Lanes, target += ValueLayout.Lanes)
            {
                *target = *source;
            }
        }
    }
}
