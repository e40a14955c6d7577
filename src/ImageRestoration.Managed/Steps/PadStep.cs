using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>Adds pixels at the sides: zeros, mirrored or repeated ones.</summary>
internal sealed unsafe class PadStep(Pad2dLayer layer, ValueLayout input, ValueLayout output) : RowStep(layer.Name, output)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        int sourceY = Inside(y - layer.Padding.Top, input.Shape.Height), left = layer.Padding.Left, width = input.Shape.Width;
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        if (sourceY < 0)
        {
            new Span<float>(destination, Target.Shape.Width * ValueLayout.Lanes).Clear();
            return;
        }

        float* source = input.At(context.Arena, batch, block, sourceY, 0);
        new ReadOnlySpan<float>(source, width * ValueLayout.Lanes)
            .CopyTo(new Span<float>(destination + ((nint)left * ValueLayout.Lanes), width * ValueLayout.Lanes));
        Fill(source, destination, 0, left);
        Fill(source, destination, left + width, Target.Shape.Width);
    }

    private void Fill(float* source, float* destination, int first, int end)
    {
        for (int x = first; x < end; x++)
        {
            var pixel = new Span<float>(destination + ((nint)x * ValueLayout.Lanes), ValueLayout.Lanes);
            int sourceX = Inside(x - layer.Padding.Left, input.Shape.Width);
            if (sourceX < 0)
            {
                pixel.Clear();
            }
            else
            {
                new ReadOnlySpan<float>(source + ((nint)sourceX * ValueLayout.Lanes), ValueLayout.Lanes).CopyTo(pixel);
            }
        }
    }

    /// <summary>The position that stands for one beyond the border; −1 for zeros.</summary>
    private int Inside(int position, int extent) => layer.Mode switch
    {
        _ when position >= 0 && position < extent => position,
        PaddingMode.Reflect => position < 0 ? -position : (2 * (extent - 1)) - position,
        PaddingMode.Replicate => Math.Clamp(position, 0, extent - 1),
        _ => -1,
    };
}
