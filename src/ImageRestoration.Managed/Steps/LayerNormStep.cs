using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <summary>
/// Normalises each pixel over its channels; the output may lie where the input does. A tile is some rows with all their blocks.
/// </summary>
internal sealed unsafe class LayerNormStep<TOperations, TVector> : Step
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private const int Lanes = ValueLayout.Lanes;
    private const int TileFloats = 1 << 14;

    /// <summary>The lanes' own numbers, to tell those that hold a channel.</summary>
    private static readonly PackedWeights _laneNumbers = PackedAffine.Pack([.. Enumerable.Range(0, Lanes).Select(lane => (double)lane)]);

    private readonly Operation _operation;
    private readonly PackedAffine _affine;
    private readonly float _eps;
    private readonly ValueLayout _input;
    private readonly ValueLayout? _residual;
    private readonly ValueLayout _output;
    private readonly int _rows;
    private readonly int _rowsPerTile;

    internal LayerNormStep(Operation operation, float eps, ValueLayout input, ValueLayout? residual, ValueLayout output)
        : base(operation.Value, output)
    {
        _operation = operation;
        _affine = operation.Affine!;
        _eps = eps;
        _input = input;
        _residual = residual;
        _output = output;
        _rows = checked(output.Shape.Batch * output.Shape.Height);
        _rowsPerTile = (int)Math.Max(1, TileFloats / ((long)output.Shape.Width * output.Blocks * Lanes));
        WorkTiles = (_rows + _rowsPerTile - 1) / _rowsPerTile;
    }

    protected override int WorkTiles { get; }

    protected override void RunWork(RunContext context, int tile)
    {
        int end = (int)Math.Min(_rows, (tile + 1L) * _rowsPerTile);
        for (int row = tile * _rowsPerTile; row < end; row++)
        {
            int batch = row / _output.Shape.Height, y = row % _output.Shape.Height;
            Normalize(_input.At(context.Arena, batch, 0, y, 0), _output.At(context.Arena, batch, 0, y, 0));
            for (int block = 0; block < _output.Blocks && !_operation.Epilogue.IsEmpty; block++)
            {
                float* other = _residual is null ? null : _residual.At(context.Arena, batch, block, y, 0);
                EpilogueKernel<TOperations, TVector>.Apply(
                    _operation.Epilogue, _output.At(context.Arena, batch, block, y, 0), Lanes, other, _output.Shape.Width);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalize(float* source, float* destination)
    {
        int channels = _input.Shape.Channels, full = channels / Lanes, blocks = _input.Blocks;
        nint from = _input.BlockStride, to = _output.BlockStride;
        float* laneNumbers = _laneNumbers.Start, scale = _affine.Scale.Start, offset = _affine.Offset.Start;
        TVector zero = TOperations.Broadcast(0), rest = TOperations.Broadcast(channels % Lanes);
        for (int x = _output.Shape.Width; x > 0; x--, source += Lanes, destination += Lanes)
        {
            TVector sum = zero;
            for (int block = 0; block < blocks; block++)
            {
                for (int lane = 0; lane < Lanes; lane += TOperations.Width)
                {
                    TVector value = TOperations.Load(source + (block * from) + lane);
                    sum = TOperations.Add(
                        sum, block < full ? value : TOperations.SelectBelow(TOperations.Load(laneNumbers + lane), rest, value, zero));
                }
            }

            TVector mean = TOperations.Broadcast(TOperations.Sum(sum) / channels), squares = zero;
            for (int block = 0; block < blocks; block++)
            {
                for (int lane = 0; lane < Lanes; lane += TOperations.Width)
                {
                    TVector difference = TOperations.Subtract(TOperations.Load(source + (block * from) + lane), mean);
                    difference = block < full
                        ? difference
                        : TOperations.SelectBelow(TOperations.Load(laneNumbers + lane), rest, difference, zero);
                    squares = TOperations.MultiplyAdd(difference, difference, squares);
                }
            }

            TVector factor = TOperations.Broadcast(1 / MathF.Sqrt((TOperations.Sum(squares) / channels) + _eps));
            for (int block = 0; block < blocks; block++)
            {
                for (int lane = 0; lane < Lanes; lane += TOperations.Width)
                {
                    TVector difference = TOperations.Subtract(TOperations.Load(source + (block * from) + lane), mean);
                    TVector weight = TOperations.Multiply(factor, TOperations.Load(scale + (block * Lanes) + lane));
                    TOperations.Store(
                        TOperations.MultiplyAdd(difference, weight, TOperations.Load(offset + (block * Lanes) + lane)),
                        destination + (block * to) + lane);
                }
            }
        }
    }
}
