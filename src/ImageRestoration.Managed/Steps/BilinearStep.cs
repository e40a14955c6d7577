namespace ImageRestoration.Managed;

/// <summary>Enlarges by mixing the four nearest pixels; corners are not aligned, as PyTorch does by default.</summary>
internal sealed unsafe class BilinearStep<TOperations, TVector>(string name, int factor, ValueLayout input, ValueLayout output)
    : RowStep(name, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        (int above, int below, float down) = Neighbours(y, factor, input.Shape.Height);
        float* first = input.At(context.Arena, batch, block, above, 0), second = input.At(context.Arena, batch, block, below, 0);
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        for (int x = 0; x < Target.Shape.Width; x++, destination += ValueLayout.Lanes)
        {
            (int left, int right, float along) = Neighbours(x, factor, input.Shape.Width);
            for (int lane = 0; lane < ValueLayout.Lanes; lane += TOperations.Width)
            {
                TVector upper = Mix(first + lane, left, right, along), lower = Mix(second + lane, left, right, along);
                TVector mixed = TOperations.Add(
                    TOperations.Multiply(TOperations.Broadcast(1 - down), upper), TOperations.Multiply(TOperations.Broadcast(down), lower));
                TOperations.Store(mixed, destination + lane);
            }
        }
    }

    private static TVector Mix(float* row, int left, int right, float along)
        => TOperations.Add(
            TOperations.Multiply(TOperations.Broadcast(1 - along), TOperations.Load(row + ((nint)left * ValueLayout.Lanes))),
            TOperations.Multiply(TOperations.Broadcast(along), TOperations.Load(row + ((nint)right * ValueLayout.Lanes))));

    private static (int First, int Second, float Distance) Neighbours(int position, int factor, int extent)
    {
        double centre = Math.Max(0, ((position + 0.5) / factor) - 0.5);
        int first = (int)centre;
        return (first, Math.Min(first + 1, extent - 1), (float)(centre - first));
    }
}
