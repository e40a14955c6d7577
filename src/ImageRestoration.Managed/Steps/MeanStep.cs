namespace ImageRestoration.Managed;

/// <summary>Mean of each channel over the whole picture from the means of its rows; sums in double.</summary>
internal sealed unsafe class MeanStep(string name, ValueLayout rows, ValueLayout output) : RowStep(name, output, rows.Shape.Height)
{
    protected override void RunRow(RunContext context, int batch, int block, int y)
    {
        float* destination = Target.At(context.Arena, batch, block, 0, 0);
        for (int lane = 0; lane < Target.ChannelsIn(block); lane++)
        {
            double sum = 0;
            for (int row = 0; row < rows.Shape.Height; row++)
            {
                sum += rows.At(context.Arena, batch, block, row, 0)[lane];
            }

            destination[lane] = (float)(sum / rows.Shape.Height);
        }
    }
}
