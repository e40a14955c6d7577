using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageRestoration.Benchmarks;

/// <summary>Measures how many float32 operations one thread can do per second at most: fused multiply-adds that wait for nothing.</summary>
internal static class MultiplyAddPeak
{
    private const int Runs = 40;
    private const int Iterations = 1 << 20;
    private const int Chains = 12;

    /// <summary>Billions of operations per second, a multiply-add counting as two: the best of several runs with the processor's widest vectors.</summary>
    public static double Measure()
    {
        (Func<int, float> run, int lanes) =
            Vector512.IsHardwareAccelerated ? (Run512, Vector512<float>.Count)
            : Vector256.IsHardwareAccelerated ? (Run256, Vector256<float>.Count)
            : ((Func<int, float>)Run128, Vector128<float>.Count);
        double best = 0;
        for (int i = 0; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            float sum = run(Iterations);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (!float.IsFinite(sum))
            {
                throw new InvalidOperationException("The chains of multiply-adds diverged.");
            }

            best = Math.Max(best, 2.0 * lanes * Chains * Iterations / seconds / 1e9);
        }

        return best;
    }

    // Twelve independent chains cover the latency of a multiply-add (4 cycles) on two units. Each stays a local, so that it lives in a register.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Run512(int iterations)
    {
        Vector512<float> factor = Vector512.Create(0.999f), term = Vector512.Create(0.001f);
        Vector512<float> a = Vector512.Create(1f), b = Vector512.Create(2f), c = Vector512.Create(3f), d = Vector512.Create(4f), e = Vector512.Create(5f), f = Vector512.Create(6f), g = Vector512.Create(7f), h = Vector512.Create(8f), i = Vector512.Create(9f), j = Vector512.Create(10f), k = Vector512.Create(11f), l = Vector512.Create(12f);
        for (int n = 0; n < iterations; n++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, term);
            b = Vector512.FusedMultiplyAdd(b, factor, term);
            c = Vector512.FusedMultiplyAdd(c, factor, term);
            d = Vector512.FusedMultiplyAdd(d, factor, term);
            e = Vector512.FusedMultiplyAdd(e, factor, term);
            f = Vector512.FusedMultiplyAdd(f, factor, term);
            g = Vector512.FusedMultiplyAdd(g, factor, term);
            h = Vector512.FusedMultiplyAdd(h, factor, term);
            i = Vector512.FusedMultiplyAdd(i, factor, term);
            j = Vector512.FusedMultiplyAdd(j, factor, term);
            k = Vector512.FusedMultiplyAdd(k, factor, term);
            l = Vector512.FusedMultiplyAdd(l, factor, term);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Run256(int iterations)
    {
        Vector256<float> factor = Vector256.Create(0.999f), term = Vector256.Create(0.001f);
        Vector256<float> a = Vector256.Create(1f), b = Vector256.Create(2f), c = Vector256.Create(3f), d = Vector256.Create(4f), e = Vector256.Create(5f), f = Vector256.Create(6f), g = Vector256.Create(7f), h = Vector256.Create(8f), i = Vector256.Create(9f), j = Vector256.Create(10f), k = Vector256.Create(11f), l = Vector256.Create(12f);
        for (int n = 0; n < iterations; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, factor, term);
            b = Vector256.FusedMultiplyAdd(b, factor, term);
            c = Vector256.FusedMultiplyAdd(c, factor, term);
            d = Vector256.FusedMultiplyAdd(d, factor, term);
            e = Vector256.FusedMultiplyAdd(e, factor, term);
            f = Vector256.FusedMultiplyAdd(f, factor, term);
            g = Vector256.FusedMultiplyAdd(g, factor, term);
            h = Vector256.FusedMultiplyAdd(h, factor, term);
            i = Vector256.FusedMultiplyAdd(i, factor, term);
            j = Vector256.FusedMultiplyAdd(j, factor, term);
            k = Vector256.FusedMultiplyAdd(k, factor, term);
            l = Vector256.FusedMultiplyAdd(l, factor, term);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Run128(int iterations)
    {
        Vector128<float> factor = Vector128.Create(0.999f), term = Vector128.Create(0.001f);
        Vector128<float> a = Vector128.Create(1f), b = Vector128.Create(2f), c = Vector128.Create(3f), d = Vector128.Create(4f), e = Vector128.Create(5f), f = Vector128.Create(6f), g = Vector128.Create(7f), h = Vector128.Create(8f), i = Vector128.Create(9f), j = Vector128.Create(10f), k = Vector128.Create(11f), l = Vector128.Create(12f);
        for (int n = 0; n < iterations; n++)
        {
            a = Vector128.FusedMultiplyAdd(a, factor, term);
            b = Vector128.FusedMultiplyAdd(b, factor, term);
            c = Vector128.FusedMultiplyAdd(c, factor, term);
            d = Vector128.FusedMultiplyAdd(d, factor, term);
            e = Vector128.FusedMultiplyAdd(e, factor, term);
            f = Vector128.FusedMultiplyAdd(f, factor, term);
            g = Vector128.FusedMultiplyAdd(g, factor, term);
            h = Vector128.FusedMultiplyAdd(h, factor, term);
            i = Vector128.FusedMultiplyAdd(i, factor, term);
            j = Vector128.FusedMultiplyAdd(j, factor, term);
            k = Vector128.FusedMultiplyAdd(k, factor, term);
            l = Vector128.FusedMultiplyAdd(l, factor, term);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
