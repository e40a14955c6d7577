namespace ImageRestoration.Managed;

/// <summary>Enlarges by repeating pixels.</summary>
internal sealed unsafe class NearestStep(string name, int factor, ValueLayout input, ValueLayout output) : RowStep(name, output)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* source = input.At(context.Arena, batch, block, y / factor, 0), destination = Target.At(context.Arena, batch, block, y, 0);
        for (int x = 0; x < input.Shape.Width; x++, source += ValueLayout.Lanes)
        {
            var pixel = new ReadOnlySpan<float>(source, ValueLayout.Lanes);
            for (int i = 0; i < factor; i++, destination += ValueLayout.Lanes)
            {
                pixel.CopyTo(new Span<float>(destination, ValueLayout.Lanes));
            }
        }
    }
}
