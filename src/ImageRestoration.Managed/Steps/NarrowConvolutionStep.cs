using System.Runtime.CompilerServices;
using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>A convolution to very few channels; see <see cref="NarrowWeights"/>.</summary>
internal sealed unsafe class NarrowConvolutionStep<TOperations, TVector>(
    Operation operation, Conv2dLayer layer, ValueLayout input, ValueLayout? residual, ValueLayout output)
    : RowStep(operation.Value, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private const int Lanes = ValueLayout.Lanes;
    private readonly NarrowWeights _weights = operation.Narrow!;

    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* source = input.At(context.Arena, batch, 0, (y * layer.Stride.Height) - layer.Padding.Height, -layer.Padding.Width);
        float* destination = Target.At(context.Arena, batch, 0, y, 0);
        nint kernel = (nint)layer.KernelSize.Height * layer.KernelSize.Width * layer.InChannels;
        nint pixel = (nint)layer.Stride.Width * Lanes;
        int x = 0;
        for (; x + 8 <= Target.Shape.Width; x += 8)
        {
            for (int c = 0; c < _weights.OutChannels; c++)
            {
                SumEight(
                    source + (x * pixel),
                    pixel,
                    _weights.Weights.Start + (c * kernel),
                    _weights.Bias.Start[c],
                    destination + (x * Lanes) + c);
            }
        }

        for (; x < Target.Shape.Width; x++)
        {
            for (int c = 0; c < _weights.OutChannels; c++)
            {
                destination[(x * Lanes) + c] = SumOne(source + (x * pixel), _weights.Weights.Start + (c * kernel)) + _weights.Bias.Start[c];
            }
        }

        if (!operation.Epilogue.IsEmpty)
        {
            float* added = residual is null ? null : residual.At(context.Arena, batch, 0, y, 0);
            EpilogueKernel<TOperations, TVector>.Apply(operation.Epilogue, destination, Lanes, added, Target.Shape.Width);
        }
    }

    /// <summary>Eight neighbouring pixels, whose sums need not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumEight(float* source, nint pixel, float* weight, float bias, float* destination)
    {
        TVector a = TOperations.Broadcast(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        nint tapX = (nint)layer.Dilation.Width * Lanes, tapY = layer.Dilation.Height * input.RowStride;
        int height = layer.KernelSize.Height, width = layer.KernelSize.Width;
        for (int block = input.Blocks; block > 0; block--, source += input.BlockStride)
        {
            for (int ky = 0; ky < height; ky++)
            {
                float* tap = source + (ky * tapY);
                for (int kx = 0; kx < width; kx++, tap += tapX)
                {
                    for (float* value = tap; value < tap + Lanes; value += TOperations.Width, weight += TOperations.Width)
                    {
                        TVector w = TOperations.Load(weight);
                        a = TOperations.MultiplyAdd(TOperations.Load(value), w, a);
                        b = TOperations.MultiplyAdd(TOperations.Load(value + pixel), w, b);
                        c = TOperations.MultiplyAdd(TOperations.Load(value + (2 * pixel)), w, c);
                        d = TOperations.MultiplyAdd(TOperations.Load(value + (3 * pixel)), w, d);
                        e = TOperations.MultiplyAdd(TOperations.Load(value + (4 * pixel)), w, e);
                        f = TOperations.MultiplyAdd(TOperations.Load(value + (5 * pixel)), w, f);
                        g = TOperations.MultiplyAdd(TOperations.Load(value + (6 * pixel)), w, g);
                        h = TOperations.MultiplyAdd(TOperations.Load(value + (7 * pixel)), w, h);
                    }
                }
            }
        }

        destination[0] = TOperations.Sum(a) + bias;
        destination[Lanes] = TOperations.Sum(b) + bias;
        destination[2 * Lanes] = TOperations.Sum(c) + bias;
        destination[3 * Lanes] = TOperations.Sum(d) + bias;
        destination[4 * Lanes] = TOperations.Sum(e) + bias;
        destination[5 * Lanes] = TOperations.Sum(f) + bias;
        destination[6 * Lanes] = TOperations.Sum(g) + bias;
        destination[7 * Lanes] = TOperations.Sum(h) + bias;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float SumOne(float* source, float* weight)
    {
        TVector sum = TOperations.Broadcast(0);
        for (int block = 0; block < input.Blocks; block++)
        {
            for (int ky = 0; ky < layer.KernelSize.Height; ky++)
            {
                float* tap = source + (block * input.BlockStride) + (ky * layer.Dilation.Height * input.RowStride);
                for (int kx = 0; kx < layer.KernelSize.Width; kx++, tap += layer.Dilation.Width * Lanes)
                {
                    for (int lane = 0; lane < Lanes; lane += TOperations.Width, weight += TOperations.Width)
                    {
                        sum = TOperations.MultiplyAdd(TOperations.Load(tap + lane), TOperations.Load(weight), sum);
                    }
                }
            }
        }

        return TOperations.Sum(sum);
    }
}
