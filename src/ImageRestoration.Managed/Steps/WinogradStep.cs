namespace ImageRestoration.Managed;

/// <summary>
/// A 3×3 convolution by Winograd's F(4×4, 3×3), with what is folded into it. A task takes some tiles through input transform, 36 matrix
/// products and output transform while they stay in the second-level cache. How tiles are shared out changes no result.
/// </summary>
internal sealed unsafe class WinogradStep<TOperations, TVector> : Step
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private const int Lanes = ValueLayout.Lanes;
    private const int Positions = WinogradWeights.Positions;
    private const int OutputTile = WinogradWeights.OutputTile;

    /// <summary>Bytes of transformed values in a task, where weights are few.</summary>
    private const int TaskBytes = 768 << 10;

    /// <summary>Tiles in a task: enough to make up for reading the weights, and no more than spread over the cache.</summary>
    private const int FewestTiles = 12;
    private const int MostTiles = 96;
    private const int TasksPerThread = 4;

    private readonly WinogradWeights _weights;
    private readonly ConvolutionEpilogue _epilogue;
    private readonly ValueLayout _input;
    private readonly ValueLayout? _residual;
    private readonly ValueLayout _output;
    private readonly VectorKind _kind;
    private readonly int _tilesX;
    private readonly int _tiles;
    private readonly int _taskTiles;

    /// <summary>From a block of transformed tiles to the next: odd in cache lines, so that blocks do not compete for one set.</summary>
    private readonly nint _blockStride;

    internal WinogradStep(Operation operation, ValueLayout input, ValueLayout? residual, ValueLayout output, VectorKind kind, int threads)
        : base(operation.Value, output)
    {
        _weights = operation.Winograd!;
        _epilogue = operation.Epilogue;
        _input = input;
        _residual = residual;
        _output = output;
        _kind = kind;
        _tilesX = DivideUp(output.Shape.Width, OutputTile);
        _tiles = checked(_tilesX * DivideUp(output.Shape.Height, OutputTile) * output.Shape.Batch);
        int fit = Math.Clamp(TaskBytes / ((input.Blocks + output.Blocks) * Lanes * Positions * sizeof(float)), FewestTiles, MostTiles);
        int fair = threads == 1 ? fit : DivideUp(_tiles, threads * TasksPerThread);
        int pixels = ConvolutionTileShapes.ChoosePixels(kind, VectorsOf(_weights.Groups[0]), MostTiles);
        _taskTiles = Math.Max(pixels, Math.Min(fit, fair) / pixels * pixels);
        WorkTiles = DivideUp(_tiles, _taskTiles);

        // The last kernel of a task may run past its tiles.
        int capacity = _taskTiles + ConvolutionTileShapes.MostPixels;
        _blockStride = ((capacity * Positions) + 1) * Lanes;
        ScratchLength = ((input.Blocks + output.Blocks) * _blockStride) + SpareLength;
    }

    internal override long ScratchLength { get; }

    protected override int WorkTiles { get; }

    /// <summary>
    /// From a transformed tile to the next: all its values lie side by side, so that the transforms read and write in order.
    /// </summary>
    private static nint TileStride => Positions * Lanes;

    /// <summary>Room for a tile of input and one of output on the way.</summary>
    private static int SpareLength => 2 * Positions * Lanes;

    protected override void RunWork(RunContext context, int tile)
    {
        int slot = context.RentScratch(out float* spare);
        float* inputs = spare + SpareLength, outputs = inputs + (_input.Blocks * _blockStride);
        int first = tile * _taskTiles, count = Math.Min(_taskTiles, _tiles - first);
        try
        {
            TransformInputs(context.Arena, first, count, inputs, spare);
            Multiply(count, inputs, outputs);
            TransformOutputs(context.Arena, first, count, outputs, spare);
        }
        finally
        {
            context.ReturnScratch(slot);
        }
    }

    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;

    private static int VectorsOf(OutputGroup group) => group.Count * Lanes / TOperations.Width;

    private (int Batch, int Y, int X) Locate(int tile)
    {
        int row = tile / _tilesX, rows = DivideUp(_output.Shape.Height, OutputTile);
        return (row / rows, row % rows * OutputTile, tile % _tilesX * OutputTile);
    }

    private void TransformInputs(float* arena, int first, int count, float* inputs, float* spare)
    {
        for (int b = 0; b < _input.Blocks; b++)
        {
            for (int t = 0; t < count; t++)
            {
                (int batch, int y, int x) = Locate(first + t);
                float* source = _input.At(arena, batch, b, y - _weights.PaddingY, x - _weights.PaddingX);
                WinogradKernels<TOperations, TVector>.TransformInput(
                    source, _input.RowStride, inputs + (b * _blockStride) + (t * TileStride), spare);
            }
        }
    }

    /// <summary>The 36 products: to the kernels a 1×1 convolution whose pixels are the tiles.</summary>
    private void Multiply(int count, float* inputs, float* outputs)
    {
        float* zeros = stackalloc float[4 * Lanes];
        new Span<float>(zeros, 4 * Lanes).Clear();
        ConvolutionTile tile = default;
        tile.Bias = zeros;
        tile.InputPixel = TileStride;
        tile.InputBlock = _blockStride;
        tile.OutputPixel = TileStride;
        tile.KernelHeight = 1;
        tile.KernelWidth = 1;
        tile.InputBlocks = _input.Blocks;
        tile.LastBlockChannels = _input.ChannelsIn(_input.Blocks - 1);
        tile.Offset1 = VectorOffset(1);
        tile.Offset2 = VectorOffset(2);
        tile.Offset3 = VectorOffset(3);
        for (int position = 0; position < Positions; position++)
        {
            float* weights = _weights.Weights.Start + ((nint)position * _output.Blocks * Lanes * _weights.InChannels);
            foreach (OutputGroup group in _weights.Groups)
            {
                int vectors = VectorsOf(group);
                tile.Weights = weights + ((nint)group.First * Lanes * _weights.InChannels);
                for (int t = 0; t < count;)
                {
                    int pixels = ConvolutionTileShapes.ChoosePixels(_kind, vectors, count - t);
                    tile.Input = inputs + (t * TileStride) + (position * Lanes);
                    tile.Output = outputs + (group.First * _blockStride) + (t * TileStride) + (position * Lanes);
                    ConvolutionKernels<TOperations, TVector, TransformedTileStep>.Run(&tile, vectors, pixels);
                    t += pixels;
                }
            }
        }
    }

    private nint VectorOffset(int vector)
    {
        int lane = vector * TOperations.Width;
        return (lane / Lanes * _blockStride) + (lane % Lanes);
    }

    private void TransformOutputs(float* arena, int first, int count, float* outputs, float* spare)
    {
        float* results = spare + (Positions * Lanes);
        for (int b = 0; b < _output.Blocks; b++)
        {
            float* bias = _weights.Bias.Start + (b * Lanes);
            for (int t = 0; t < count; t++)
            {
                (int batch, int y, int x) = Locate(first + t);
                WinogradKernels<TOperations, TVector>.TransformOutput(
                    outputs + (b * _blockStride) + (t * TileStride), bias, results, spare);
                int rows = Math.Min(OutputTile, _output.Shape.Height - y), columns = Math.Min(OutputTile, _output.Shape.Width - x);
                float* destination = _output.At(arena, batch, b, y, x);
                float* residual = _residual is null ? null : _residual.At(arena, batch, b, y, x);
                for (int row = 0; row < rows; row++)
                {
                    EpilogueKernel<TOperations, TVector>.Move(
                        _epilogue, results + (row * OutputTile * Lanes), destination, residual, columns);
                    destination += _output.RowStride;
                    residual = residual is null ? null : residual + _residual!.RowStride;
                }
            }
        }
    }
}
