namespace ImageRestoration.Managed;

/// <summary>A convolution over all channels, plain or transposed, with what is folded into it. A tile is a band of rows.</summary>
internal sealed unsafe class ConvolutionStep<TOperations, TVector> : Step
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private readonly PackedConvolution _convolution;
    private readonly ConvolutionEpilogue _epilogue;
    private readonly ConvolutionTask[] _tasks;
    private readonly ValueLayout _input;
    private readonly ValueLayout? _residual;
    private readonly ValueLayout _output;
    private readonly VectorKind _kind;
    private readonly int _shuffle;

    internal ConvolutionStep(
        Operation operation, ValueLayout input, ValueLayout? residual, ValueLayout output, VectorKind kind, int threads)
        : base(operation.Value, output)
    {
        _convolution = operation.Convolution!;
        _epilogue = operation.Epilogue;
        _shuffle = operation.Shuffle;
        _input = input;
        _residual = residual;
        _output = output;
        _kind = kind;
        _tasks = ConvolutionTasks.Create(_convolution, input, output.Shape.Height / _shuffle, threads);
    }

    protected override int WorkTiles => _tasks.Length;

    protected override void RunWork(RunContext context, int tile)
    {
        ConvolutionTask task = _tasks[tile];
        for (int g = task.FirstGroup; g < task.EndGroup; g++)
        {
            RunGroup(context.Arena, task, _convolution.Passes[task.Pass], _convolution.Groups[g]);
        }
    }

    private void RunGroup(float* arena, ConvolutionTask task, ConvolutionPass pass, OutputGroup group)
    {
        int vectors = group.Count * ValueLayout.Lanes / TOperations.Width;
        int columns = pass.ColumnsOf(_output.Shape.Width / _shuffle);
        ConvolutionTile tile = default;
        tile.InputPixel = (nint)pass.StrideX * ValueLayout.Lanes;
        tile.InputBlock = _input.BlockStride;
        tile.TapX = (nint)pass.DilationX * ValueLayout.Lanes;
        tile.TapY = pass.DilationY * _input.RowStride;
        tile.KernelHeight = pass.KernelHeight;
        tile.KernelWidth = pass.KernelWidth;
        nint taps = (nint)pass.KernelHeight * pass.KernelWidth;
        float* weights = pass.Weights.Start + (group.First * ValueLayout.Lanes * _convolution.InChannels * taps);
        int chunkBlocks = ConvolutionTasks.ChunkBlocks(group.Count, taps, _input.Blocks);
        for (int first = 0; first < _input.Blocks; first += chunkBlocks)
        {
            tile.InputBlocks = Math.Min(chunkBlocks, _input.Blocks - first);
            tile.LastBlockChannels = _input.ChannelsIn(first + tile.InputBlocks - 1);
            tile.Weights = weights + (first * ValueLayout.Lanes * taps * group.Count * ValueLayout.Lanes);
            bool last = first + tile.InputBlocks == _input.Blocks;
            for (int row = task.FirstRow; row < task.EndRow; row++)
            {
                tile.Bias = first == 0 ? _convolution.Bias.Start + (group.First * ValueLayout.Lanes) : null;
                tile.Input = _input.At(arena, task.Batch, first, (row * pass.StrideY) + pass.OriginY, pass.OriginX);
                RunRow(arena, task.Batch, pass, group, tile, row, columns, vectors, last);
            }
        }
    }

    private void RunRow(
        float* arena,
        int batch,
        ConvolutionPass pass,
        OutputGroup group,
        ConvolutionTile tile,
        int row,
        int columns,
        int vectors,
        bool last)
    {
        float** outputs = stackalloc float*[4];
        int y = (pass.FirstY + (row * pass.StepY)) * _shuffle;
        for (int i = 0; i < group.Count; i++)
        {
            OutputBlock block = _convolution.OutputBlocks[group.First + i];
            outputs[i] = _output.At(arena, batch, block.Block, y + block.ShiftY, (pass.FirstX * _shuffle) + block.ShiftX);
        }

        nint outputPixel = (nint)pass.StepX * _shuffle * ValueLayout.Lanes;
        float* spare = stackalloc float[ConvolutionTileShapes.MostPixels * 2 * ValueLayout.Lanes];
        for (int x = 0; x < columns;)
        {
            int pixels = ConvolutionTileShapes.ChoosePixels(_kind, vectors, columns - x);
            int kept = Math.Min(pixels, columns - x);
            if (kept == pixels)
            {
                tile.Output = outputs[0] + (x * outputPixel);
                tile.OutputPixel = outputPixel;
                tile.Offset1 = VectorOffset(outputs, 1, vectors);
                tile.Offset2 = VectorOffset(outputs, 2, vectors);
                tile.Offset3 = VectorOffset(outputs, 3, vectors);
                RunTile(&tile, vectors, pixels);
            }
            else
            {
                // The tile has pixels beyond the row's end, which belong to the border or the next row.
                tile.Output = spare;
                tile.OutputPixel = group.Count * ValueLayout.Lanes;
                tile.Offset1 = TOperations.Width;
                tile.Offset2 = 2 * TOperations.Width;
                tile.Offset3 = 3 * TOperations.Width;
                CopySpare(outputs, x * outputPixel, outputPixel, spare, group.Count, kept, fetch: tile.Bias is null);
                RunTile(&tile, vectors, pixels);
                CopySpare(outputs, x * outputPixel, outputPixel, spare, group.Count, kept, fetch: false);
            }

            if (last && !_epilogue.IsEmpty)
            {
                Finish(arena, batch, pass, group, outputs, y, x, kept, outputPixel);
            }

            tile.Input += kept * tile.InputPixel;
            x += kept;
        }
    }

    private void Finish(
        float* arena, int batch, ConvolutionPass pass, OutputGroup group, float** outputs, int y, int x, int pixels, nint outputPixel)
    {
        for (int i = 0; i < group.Count; i++)
        {
            OutputBlock block = _convolution.OutputBlocks[group.First + i];
            float* residual = _residual is null ? null
                : _residual.At(arena, batch, block.Block, y + block.ShiftY, ((pass.FirstX + (x * pass.StepX)) * _shuffle) + block.ShiftX);
            EpilogueKernel<TOperations, TVector>.Apply(_epilogue, outputs[i] + (x * outputPixel), outputPixel, residual, pixels);
        }
    }

    private static nint VectorOffset(float** outputs, int vector, int vectors)
    {
        int lane = vector * TOperations.Width;
        return vector >= vectors ? 0 : (nint)(outputs[lane / ValueLayout.Lanes] - outputs[0]) + (lane % ValueLayout.Lanes);
    }

    private static void CopySpare(float** outputs, nint first, nint outputPixel, float* spare, int blocks, int pixels, bool fetch)
    {
        for (int p = 0; p < pixels; p++)
        {
            for (int i = 0; i < blocks; i++)
            {
                var output = new Span<float>(outputs[i] + first + (p * outputPixel), ValueLayout.Lanes);
                var copy = new Span<float>(spare + (((p * blocks) + i) * ValueLayout.Lanes), ValueLayout.Lanes);
                if (fetch)
                {
                    output.CopyTo(copy);
                }
                else
                {
                    copy.CopyTo(output);
                }
            }
        }
    }

    private static void RunTile(ConvolutionTile* tile, int vectors, int pixels)
    {
        switch (tile->InputPixel)
        {
            case ValueLayout.Lanes:
                ConvolutionKernels<TOperations, TVector, UnitStep>.Run(tile, vectors, pixels);
                break;
            case 2 * ValueLayout.Lanes:
                ConvolutionKernels<TOperations, TVector, DoubleStep>.Run(tile, vectors, pixels);
                break;
            default:
                ConvolutionKernels<TOperations, TVector, AnyStep>.Run(tile, vectors, pixels);
                break;
        }
    }
}
