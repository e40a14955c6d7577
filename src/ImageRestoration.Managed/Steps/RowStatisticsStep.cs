namespace ImageRestoration.Managed;

/// <summary>
/// Mean and sum of squared deviations of each channel in each row: two pixels a row. Rows are summed in one order whatever the threads.
/// </summary>
internal sealed unsafe class RowStatisticsStep<TOperations, TVector>(string name, ValueLayout input, ValueLayout output)
    : RowStep(name, output, input.Shape.Width)
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* statistics = Target.At(context.Arena, batch, block, y, 0);
        ChannelKernels<TOperations, TVector>.Statistics(
            input.At(context.Arena, batch, block, y, 0), statistics, statistics + ValueLayout.Lanes, input.Shape.Width);
    }
}
