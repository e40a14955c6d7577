namespace ImageRestoration.Managed;

/// <summary>Brings an input from planes (NCHW) into blocks.</summary>
internal sealed unsafe class PackStep(string name, int input, ValueLayout output) : RowStep(name, output)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        int width = Target.Shape.Width, channels = Target.ChannelsIn(block);
        nint plane = (nint)Target.Shape.Height * width;
        float* source = context.Input(input)
            + ((((nint)batch * Target.Shape.Channels) + (block * ValueLayout.Lanes)) * plane)
            + ((nint)y * width);
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        if (channels < ValueLayout.Lanes)
        {
            // Nobody reads these lanes as data, but what lay there before could be denormal and slow down elementwise steps.
            new Span<float>(destination, width * ValueLayout.Lanes).Clear();
        }

        for (int c = 0; c < channels; c++, source += plane)
        {
            float* lane = destination + c;
            for (int x = 0; x < width; x++, lane += ValueLayout.Lanes)
            {
                *lane = source[x];
            }
        }
    }
}
