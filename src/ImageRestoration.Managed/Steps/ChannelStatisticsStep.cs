using ImageRestoration.Networks;

namespace ImageRestoration.Managed;

/// <summary>
/// Scale and offset of each channel of a group normalisation, as two pixels, from the statistics of the rows; sums in double.
/// </summary>
internal sealed unsafe class ChannelStatisticsStep(
    Operation operation, GroupNormLayer layer, ValueLayout rows, int width, ValueLayout output)
    : Step(operation.Value, output)
{
    private readonly int _groupChannels = layer.NumChannels / layer.NumGroups;

    protected override int WorkTiles => rows.Shape.Batch * layer.NumGroups;

    protected override void RunWork(RunContext context, int tile)
    {
        int batch = tile / layer.NumGroups, first = tile % layer.NumGroups * _groupChannels;
        double sum = 0, squares = 0;
        for (int c = first; c < first + _groupChannels; c++)
        {
            for (int y = 0; y < rows.Shape.Height; y++)
            {
                sum += Row(context, batch, c, y)[0];
            }
        }

        // Rows have equal lengths, so means of rows average to that of the group (Chan, Golub and LeVeque 1983, for equal parts).
        double parts = (double)_groupChannels * rows.Shape.Height, mean = sum / parts;
        for (int c = first; c < first + _groupChannels; c++)
        {
            for (int y = 0; y < rows.Shape.Height; y++)
            {
                float* row = Row(context, batch, c, y);
                double difference = row[0] - mean;
                squares += row[ValueLayout.Lanes] + (difference * difference * width);
            }
        }

        double deviation = Math.Sqrt((squares / (parts * width)) + layer.Eps);
        for (int c = first; c < first + _groupChannels; c++)
        {
            double scale = operation.Affine!.Scale.Start[c] / deviation;
            float* pair = Output!.At(context.Arena, batch, c / ValueLayout.Lanes, 0, 0) + (c % ValueLayout.Lanes);
            pair[0] = (float)scale;
            pair[ValueLayout.Lanes] = (float)(operation.Affine.Offset.Start[c] - (mean * scale));
        }
    }

    private float* Row(RunContext context, int batch, int channel, int y)
        => rows.At(context.Arena, batch, channel / ValueLayout.Lanes, y, 0) + (channel % ValueLayout.Lanes);
}
