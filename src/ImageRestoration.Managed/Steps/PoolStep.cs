using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Largest value or average of windows. Averages count the padding as zeros, as PyTorch does by default; maxima leave it out.
/// </summary>
internal sealed unsafe class PoolStep<TOperations, TVector>(Pool2dLayer layer, ValueLayout input, ValueLayout output)
    : RowStep(layer.Name, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        int top = (y * layer.Stride.Height) - layer.Padding.Height;
        int firstY = Math.Max(0, top), endY = Math.Min(input.Shape.Height, top + layer.KernelSize.Height);
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        for (int x = 0; x < Target.Shape.Width; x++, destination += ValueLayout.Lanes)
        {
            int left = (x * layer.Stride.Width) - layer.Padding.Width;
            int firstX = Math.Max(0, left), endX = Math.Min(input.Shape.Width, left + layer.KernelSize.Width);
            float* window = input.At(context.Arena, batch, block, firstY, firstX);
            for (int lane = 0; lane < ValueLayout.Lanes; lane += TOperations.Width)
            {
                TOperations.Store(Reduce(window + lane, endY - firstY, endX - firstX), destination + lane);
            }
        }
    }

    private TVector Reduce(float* window, int height, int width)
    {
        bool max = layer.Pool == PoolKind.Max;
        TVector result = TOperations.Broadcast(max ? float.NegativeInfinity : 0);
        for (int y = 0; y < height; y++)
        {
            float* value = window + (y * input.RowStride);
            for (int x = 0; x < width; x++, value += ValueLayout.Lanes)
            {
                TVector next = TOperations.Load(value);
                result = max ? TOperations.Max(result, next) : TOperations.Add(result, next);
            }
        }

        return max ? result : TOperations.Divide(result, TOperations.Broadcast((float)layer.KernelSize.Height * layer.KernelSize.Width));
    }
}
