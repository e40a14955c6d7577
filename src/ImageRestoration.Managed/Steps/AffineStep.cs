namespace ImageRestoration.Managed;

/// <summary>
/// Scales and shifts channels, by fixed factors or by those that a step before found in the picture; the output may lie where the input
/// does.
/// </summary>
/// <param name="operation">The operation.</param>
/// <param name="input">The value to scale.</param>
/// <param name="statistics">Scale and offset of each channel as two pixels; <see langword="null"/> where the operation has them.</param>
/// <param name="residual">The residual, if any.</param>
/// <param name="output">The result.</param>
internal sealed unsafe class AffineStep<TOperations, TVector>(
    Operation operation, ValueLayout input, ValueLayout? statistics, ValueLayout? residual, ValueLayout output)
    : RowStep(operation.Value, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* source = input.At(context.Arena, batch, block, y, 0), destination = Target.At(context.Arena, batch, block, y, 0);
        float* scale = statistics is null
            ? operation.Affine!.Scale.Start + (block * ValueLayout.Lanes)
            : statistics.At(context.Arena, batch, block, 0, 0);
        float* offset = statistics is null
            ? operation.Affine!.Offset.Start + (block * ValueLayout.Lanes)
            : statistics.At(context.Arena, batch, block, 0, 1);
        ChannelKernels<TOperations, TVector>.Scale(source, destination, scale, offset, Target.Shape.Width);
        if (!operation.Epilogue.IsEmpty)
        {
            float* other = residual is null ? null : residual.At(context.Arena, batch, block, y, 0);
            EpilogueKernel<TOperations, TVector>.Apply(operation.Epilogue, destination, ValueLayout.Lanes, other, Target.Shape.Width);
        }
    }
}
