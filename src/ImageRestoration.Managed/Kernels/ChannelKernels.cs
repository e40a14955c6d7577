using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <summary>Scales and statistics of the channels of one block over neighbouring pixels.</summary>
internal static unsafe class ChannelKernels<TOperations, TVector>
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    private const int Lanes = ValueLayout.Lanes;

    /// <summary>x × scale + offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale(float* source, float* destination, float* scale, float* offset, int pixels)
    {
        for (int lane = 0; lane < Lanes; lane += TOperations.Width)
        {
            TVector factor = TOperations.Load(scale + lane), summand = TOperations.Load(offset + lane);
            for (nint i = lane; i < (nint)pixels * Lanes; i += Lanes)
            {
                TOperations.Store(TOperations.MultiplyAdd(TOperations.Load(source + i), factor, summand), destination + i);
            }
        }
    }

    /// <summary>Mean of each channel, and the sum of squared deviations from it, so that nothing cancels where the mean is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Statistics(float* source, float* mean, float* squares, int pixels)
    {
        TVector count = TOperations.Broadcast(pixels);
        for (int lane = 0; lane < Lanes; lane += TOperations.Width)
        {
            TVector average = TOperations.Divide(SumOfDifferences(source + lane, TOperations.Broadcast(0), square: false, pixels), count);
            TOperations.Store(average, mean + lane);
            TOperations.Store(SumOfDifferences(source + lane, average, square: true, pixels), squares + lane);
        }
    }

    /// <summary>Four sums, so that additions need not wait for each other, and roundings are fewer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfDifferences(float* source, TVector from, bool square, int pixels)
    {
        TVector one = TOperations.Broadcast(1), a = TOperations.Broadcast(0), b = a, c = a, d = a;
        int x = 0;
        for (; x + 4 <= pixels; x += 4, source += 4 * Lanes)
        {
            TVector p = TOperations.Subtract(TOperations.Load(source), from),
                q = TOperations.Subtract(TOperations.Load(source + Lanes), from);
            TVector r = TOperations.Subtract(TOperations.Load(source + (2 * Lanes)), from),
                s = TOperations.Subtract(TOperations.Load(source + (3 * Lanes)), from);
            a = TOperations.MultiplyAdd(p, square ? p : one, a);
            b = TOperations.MultiplyAdd(q, square ? q : one, b);
            c = TOperations.MultiplyAdd(r, square ? r : one, c);
            d = TOperations.MultiplyAdd(s, square ? s : one, d);
        }

        for (; x < pixels; x++, source += Lanes)
        {
            TVector p = TOperations.Subtract(TOperations.Load(source), from);
            a = TOperations.MultiplyAdd(p, square ? p : one, a);
        }

        return TOperations.Add(TOperations.Add(a, b), TOperations.Add(c, d));
    }
}
