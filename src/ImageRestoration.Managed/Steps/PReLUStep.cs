namespace ImageRestoration.Managed;

/// <summary>PReLU with a slope for each channel; the output may lie where the input does.</summary>
internal sealed unsafe class PReLUStep<TOperations, TVector>(Operation operation, ValueLayout input, ValueLayout output)
    : RowStep(operation.Value, output)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
        => ActivationKernels<TOperations, TVector>.PReLU(
            input.At(context.Arena, batch, block, y, 0),
            Target.At(context.Arena, batch, block, y, 0),
            operation.Slopes!.Start + (block * ValueLayout.Lanes),
            Target.Shape.Width);
}
