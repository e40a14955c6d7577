using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <summary>The transforms of Winograd's F(4×4, 3×3) for one tile and one block of channels; each lane is a channel.</summary>
internal static unsafe class WinogradKernels<TOperations, TVector>
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private const int Lanes = ValueLayout.Lanes;
    private const int Tile = WinogradWeights.InputTile;

    /// <summary>Bᵀ d B.</summary>
    /// <param name="input">First pixel of the tile.</param>
    /// <param name="rowStride">From a row to the next.</param>
    /// <param name="output">The 36 values.</param>
    /// <param name="spare">Room for 36 pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TransformInput(float* input, nint rowStride, float* output, float* spare)
    {
        for (int lane = 0; lane < Lanes; lane += TOperations.Width)
        {
            for (int x = 0; x < Tile; x++)
            {
                TransformInputLine(input + lane + (x * Lanes), rowStride, spare + lane + (x * Lanes), Tile * Lanes);
            }

            for (int y = 0; y < Tile; y++)
            {
                TransformInputLine(spare + lane + (y * Tile * Lanes), Lanes, output + lane + (y * Tile * Lanes), Lanes);
            }
        }
    }

    /// <summary>Aᵀ m A plus bias.</summary>
    /// <param name="input">The 36 values.</param>
    /// <param name="bias">Start value of each lane.</param>
    /// <param name="output">Room for 16 pixels.</param>
    /// <param name="spare">Room for 24 pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TransformOutput(float* input, float* bias, float* output, float* spare)
    {
        TVector zero = TOperations.Broadcast(0);
        for (int lane = 0; lane < Lanes; lane += TOperations.Width)
        {
            for (int x = 0; x < Tile; x++)
            {
                TransformOutputLine(input + lane + (x * Lanes), Tile * Lanes, zero, spare + lane + (x * Lanes), Tile * Lanes);
            }

            TVector start = TOperations.Load(bias + lane);
            for (int y = 0; y < WinogradWeights.OutputTile; y++)
            {
                TransformOutputLine(
                    spare + lane + (y * Tile * Lanes), Lanes, start, output + lane + (y * WinogradWeights.OutputTile * Lanes), Lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformInputLine(float* source, nint step, float* destination, nint destinationStep)
    {
        TVector d0 = TOperations.Load(source), d1 = TOperations.Load(source + step), d2 = TOperations.Load(source + (2 * step));
        TVector d3 = TOperations.Load(source + (3 * step)), d4 = TOperations.Load(source + (4 * step)),
            d5 = TOperations.Load(source + (5 * step));
        TVector two = TOperations.Broadcast(2), four = TOperations.Broadcast(4), minusFour = TOperations.Broadcast(-4),
            minusFive = TOperations.Broadcast(-5);
        TVector even = TOperations.MultiplyAdd(d2, minusFour, d4), odd = TOperations.MultiplyAdd(d1, minusFour, d3);
        TVector evenHalf = TOperations.Subtract(d4, d2), oddHalf = TOperations.Multiply(two, TOperations.Subtract(d3, d1));
        TOperations.Store(TOperations.MultiplyAdd(d0, four, TOperations.MultiplyAdd(d2, minusFive, d4)), destination);
        TOperations.Store(TOperations.Add(even, odd), destination + destinationStep);
        TOperations.Store(TOperations.Subtract(even, odd), destination + (2 * destinationStep));
        TOperations.Store(TOperations.Add(evenHalf, oddHalf), destination + (3 * destinationStep));
        TOperations.Store(TOperations.Subtract(evenHalf, oddHalf), destination + (4 * destinationStep));
        TOperations.Store(
            TOperations.MultiplyAdd(d1, four, TOperations.MultiplyAdd(d3, minusFive, d5)), destination + (5 * destinationStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransformOutputLine(float* source, nint step, TVector start, float* destination, nint destinationStep)
    {
        TVector m0 = TOperations.Load(source), m1 = TOperations.Load(source + step), m2 = TOperations.Load(source + (2 * step));
        TVector m3 = TOperations.Load(source + (3 * step)), m4 = TOperations.Load(source + (4 * step)),
            m5 = TOperations.Load(source + (5 * step));
        TVector sum = TOperations.Add(m1, m2), difference = TOperations.Subtract(m1, m2);
        TVector farSum = TOperations.Add(m3, m4), farDifference = TOperations.Subtract(m3, m4);
        TVector startDifference = TOperations.Add(start, difference);
        TOperations.Store(TOperations.Add(TOperations.Add(start, m0), TOperations.Add(sum, farSum)), destination);
        TOperations.Store(TOperations.MultiplyAdd(farDifference, TOperations.Broadcast(2), startDifference), destination + destinationStep);
        TOperations.Store(
            TOperations.MultiplyAdd(farSum, TOperations.Broadcast(4), TOperations.Add(start, sum)), destination + (2 * destinationStep));
        TOperations.Store(
            TOperations.MultiplyAdd(farDifference, TOperations.Broadcast(8), TOperations.Add(startDifference, m5)),
            destination + (3 * destinationStep));
    }
}
