namespace ImageRestoration.Managed;

/// <summary>A band of rows of one pass, for some groups of output channels.</summary>
internal readonly record struct ConvolutionTask(int Batch, int Pass, int FirstRow, int EndRow, int FirstGroup, int EndGroup);

/// <summary>Cuts a convolution into tasks.</summary>
internal static class ConvolutionTasks
{
    /// <summary>
    /// Bytes of input that a task goes over again for each group of output channels; about half of a usual second-level cache.
    /// </summary>
    private const long BandBytes = 512 << 10;

    /// <summary>
    /// Bytes of weights that are used for all rows of a task before the next ones; they share the second-level cache with the input.
    /// </summary>
    private const long ChunkBytes = 384 << 10;

    /// <summary>Tasks for each thread, so that one that is late costs little.</summary>
    private const int TasksPerThread = 4;

    /// <summary>
    /// Input blocks whose weights are used together; depends on the layer alone, so sums have one order whatever the threads.
    /// </summary>
    internal static int ChunkBlocks(int groupBlocks, nint taps, int inputBlocks)
    {
        long blockBytes = (long)groupBlocks * ValueLayout.Lanes * ValueLayout.Lanes * taps * sizeof(float);
        int most = (int)Math.Clamp(ChunkBytes / Math.Max(1, blockBytes), 1, inputBlocks);
        int chunks = (inputBlocks + most - 1) / most;
        return (inputBlocks + chunks - 1) / chunks;
    }

    internal static ConvolutionTask[] Create(PackedConvolution convolution, ValueLayout input, int height, int threads)
    {
        var tasks = new List<ConvolutionTask>();
        int wanted = threads == 1 ? 1 : TasksPerThread * threads;
        int planes = input.Shape.Batch * convolution.Passes.Length;
        for (int batch = 0; batch < input.Shape.Batch; batch++)
        {
            for (int p = 0; p < convolution.Passes.Length; p++)
            {
                ConvolutionPass pass = convolution.Passes[p];
                int rows = pass.RowsOf(height);
                if (rows == 0)
                {
                    continue;
                }

                long rowBytes = (long)input.RowStride * input.Blocks * pass.StrideY * sizeof(float);
                int bands = (int)Math.Max(DivideUp(wanted, planes), DivideUp(rows * rowBytes, BandBytes));
                int bandRows = (int)DivideUp(rows, Math.Clamp(bands, 1, rows));

                // Small pictures have too few rows for many threads; then groups of channels are shared out too.
                int parts = (int)Math.Clamp(DivideUp(wanted, planes * DivideUp(rows, bandRows)), 1, convolution.Groups.Length);
                int partGroups = (int)DivideUp(convolution.Groups.Length, parts);
                for (int row = 0; row < rows; row += bandRows)
                {
                    for (int group = 0; group < convolution.Groups.Length; group += partGroups)
                    {
                        tasks.Add(
                            new ConvolutionTask(
                                batch,
                                p,
                                row,
                                Math.Min(rows, row + bandRows),
                                group,
                                Math.Min(convolution.Groups.Length, group + partGroups)));
                    }
                }
            }
        }

        return [.. tasks];
    }

    private static long DivideUp(long value, long divisor) => (value + divisor - 1) / divisor;
}
