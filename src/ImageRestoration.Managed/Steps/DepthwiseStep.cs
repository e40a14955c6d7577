using System.Runtime.CompilerServices;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// A convolution of each channel with a kernel of its own: lanes never meet, so input vectors are multiplied with weight vectors.
/// </summary>
internal sealed unsafe class DepthwiseStep<TOperations, TVector>(
    Operation operation, Conv2dLayer layer, ValueLayout input, ValueLayout? residual, ValueLayout output)
    : RowStep(operation.Value, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private readonly DepthwiseWeights _weights = operation.Depthwise!;

    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        int taps = layer.KernelSize.Height * layer.KernelSize.Width;
        float* source = input.At(context.Arena, batch, block, (y * layer.Stride.Height) - layer.Padding.Height, -layer.Padding.Width);
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        float* weights = _weights.Weights.Start + ((nint)block * taps * ValueLayout.Lanes);
        for (int lane = 0; lane < ValueLayout.Lanes; lane += TOperations.Width)
        {
            Convolve(
                source + lane,
                destination + lane,
                weights + lane,
                TOperations.Load(_weights.Bias.Start + (block * ValueLayout.Lanes) + lane));
        }

        if (!operation.Epilogue.IsEmpty)
        {
            float* added = residual is null ? null : residual.At(context.Arena, batch, block, y, 0);
            EpilogueKernel<TOperations, TVector>.Apply(operation.Epilogue, destination, ValueLayout.Lanes, added, Target.Shape.Width);
        }
    }

    /// <summary>Four pixels at a time, so that sums need not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convolve(float* source, float* destination, float* weights, TVector bias)
    {
        nint pixel = (nint)layer.Stride.Width * ValueLayout.Lanes;
        nint tapX = (nint)layer.Dilation.Width * ValueLayout.Lanes, tapY = layer.Dilation.Height * input.RowStride;
        int height = layer.KernelSize.Height, width = layer.KernelSize.Width, columns = Target.Shape.Width, x = 0;
        for (; x + 4 <= columns; x += 4, source += 4 * pixel, destination += 4 * ValueLayout.Lanes)
        {
            TVector a = bias, b = bias, c = bias, d = bias;
            float* weight = weights;
            for (int ky = 0; ky < height; ky++)
            {
                float* tap = source + (ky * tapY);
                for (int kx = 0; kx < width; kx++, tap += tapX, weight += ValueLayout.Lanes)
                {
                    TVector w = TOperations.Load(weight);
                    a = TOperations.MultiplyAdd(TOperations.Load(tap), w, a);
                    b = TOperations.MultiplyAdd(TOperations.Load(tap + pixel), w, b);
                    c = TOperations.MultiplyAdd(TOperations.Load(tap + (2 * pixel)), w, c);
                    d = TOperations.MultiplyAdd(TOperations.Load(tap + (3 * pixel)), w, d);
                }
            }

            TOperations.Store(a, destination);
            TOperations.Store(b, destination + ValueLayout.Lanes);
            TOperations.Store(c, destination + (2 * ValueLayout.Lanes));
            TOperations.Store(d, destination + (3 * ValueLayout.Lanes));
        }

        for (; x < columns; x++, source += pixel, destination += ValueLayout.Lanes)
        {
            TVector sum = bias;
            float* weight = weights;
            for (int ky = 0; ky < height; ky++)
            {
                float* tap = source + (ky * tapY);
                for (int kx = 0; kx < width; kx++, tap += tapX, weight += ValueLayout.Lanes)
                {
                    sum = TOperations.MultiplyAdd(TOperations.Load(tap), TOperations.Load(weight), sum);
                }
            }

            TOperations.Store(sum, destination);
        }
    }
}
