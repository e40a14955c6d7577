using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>A convolution in groups that are no single channels: any sizes, one output value at a time. Rare, and plain rather than fast.</summary>
internal sealed unsafe class GroupedConvolutionStep<TOperations, TVector>(Operation operation, Conv2dLayer layer, ValueLayout input, ValueLayout? residual, ValueLayout output) : RowStep(operation.Value, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private readonly GroupedWeights _weights = operation.Grouped!;

    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, y, 0);
        int channels = Target.ChannelsIn(block);
        for (int lane = 0; lane < channels; lane++)
        {
            int channel = (block * ValueLayout.Lanes) + lane;
            for (int x = 0; x < Target.Shape.Width; x++)
            {
                destination[(x * ValueLayout.Lanes) + lane] = Sum(context.Arena, batch, channel, y, x);
            }
        }

        if (!operation.Epilogue.IsEmpty)
        {
            float* added = residual is null ? null : residual.At(context.Arena, batch, block, y, 0);
            EpilogueKernel<TOperations, TVector>.Apply(operation.Epilogue, destination, ValueLayout.Lanes, added, Target.Shape.Width);
        }
    }

    private float Sum(float* arena, int batch, int channel, int y, int x)
    {
        int groupInputs = layer.InChannels / layer.Groups, groupOutputs = layer.OutChannels / layer.Groups;
        int firstInput = channel / groupOutputs * groupInputs;
        float* weight = _weights.Weights.Start + ((nint)channel * groupInputs * layer.KernelSize.Height * layer.KernelSize.Width);
        float sum = _weights.Bias.Start[channel];
        for (int i = firstInput; i < firstInput + groupInputs; i++)
        {
            for (int ky = 0; ky < layer.KernelSize.Height; ky++)
            {
                int sourceY = (y * layer.Stride.Height) - layer.Padding.Height + (ky * layer.Dilation.Height);
                float* row = input.At(arena, batch, i / ValueLayout.Lanes, sourceY, (x * layer.Stride.Width) - layer.Padding.Width) + (i % ValueLayout.Lanes);
                for (int kx = 0; kx < layer.KernelSize.Width; kx++)
                {
                    sum = MathF.FusedMultiplyAdd(row[(nint)kx * layer.Dilation.Width * ValueLayout.Lanes], *weight++, sum);
                }
            }
        }

        return sum;
    }
}
