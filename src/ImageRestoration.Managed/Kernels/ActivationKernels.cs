using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <summary>Elementwise functions over rows of whole blocks. NaN stays NaN; infinities have the limits' values.</summary>
internal static unsafe class ActivationKernels<TOperations, TVector>
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ReLU(float* source, float* destination, nint count)
    {
        TVector zero = TOperations.Broadcast(0);
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TVector x = TOperations.Load(source + i);
            TOperations.Store(TOperations.SelectBelow(x, zero, zero, x), destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LeakyReLU(float* source, float* destination, nint count, float slope)
    {
        TVector zero = TOperations.Broadcast(0), factor = TOperations.Broadcast(slope);
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TVector x = TOperations.Load(source + i);
            TOperations.Store(TOperations.SelectBelow(x, zero, TOperations.Multiply(x, factor), x), destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Sigmoid(float* source, float* destination, nint count)
    {
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TOperations.Store(Sigmoid(TOperations.Load(source + i)), destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SiLU(float* source, float* destination, nint count)
    {
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TVector x = TOperations.Load(source + i);
            TOperations.Store(TOperations.Multiply(x, Sigmoid(x)), destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Tanh(float* source, float* destination, nint count)
    {
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TOperations.Store(Tanh(TOperations.Load(source + i)), destination + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void GELU(float* source, float* destination, nint count)
    {
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TVector x = TOperations.Load(source + i);
            TOperations.Store(TOperations.Multiply(x, NormalDistribution(x)), destination + i);
        }
    }

    /// <summary>
    /// max(x, 0) + log(1 + exp(−|x|)), the logarithm as in the reference evaluator: without the digits that 1 + exp(…) loses.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Softplus(float* source, float* destination, nint count)
    {
        TVector zero = TOperations.Broadcast(0), one = TOperations.Broadcast(1);
        for (nint i = 0; i < count; i += TOperations.Width)
        {
            TVector x = TOperations.Load(source + i);
            TVector decay = Exp(TOperations.Subtract(zero, TOperations.Abs(x)));
            TVector sum = TOperations.Add(one, decay), rounded = TOperations.Subtract(sum, one);
            TVector logarithm = TOperations.Multiply(TOperations.Log(sum), TOperations.Divide(decay, rounded));
            logarithm = TOperations.SelectBelow(zero, rounded, logarithm, decay);
            TOperations.Store(TOperations.Add(TOperations.Max(x, zero), logarithm), destination + i);
        }
    }

    /// <summary>x where x ≥ 0, otherwise the channel's slope × x, for the pixels of a row of one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void PReLU(float* source, float* destination, float* slopes, int pixels)
    {
        TVector zero = TOperations.Broadcast(0);
        for (int lane = 0; lane < ValueLayout.Lanes; lane += TOperations.Width)
        {
            TVector slope = TOperations.Load(slopes + lane);
            for (nint i = lane; i < (nint)pixels * ValueLayout.Lanes; i += ValueLayout.Lanes)
            {
                TVector x = TOperations.Load(source + i);
                TOperations.Store(TOperations.SelectBelow(x, zero, TOperations.Multiply(x, slope), x), destination + i);
            }
        }
    }

    /// <summary>
    /// exp(x) = 2ⁿ × exp(r) with n whole and |r| at most ln 2 / 2, and exp(r) by the polynomial of the Cephes library (expf): exact to the
    /// last digit or two. Where the result would be smaller than 3e-38 it is 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp(TVector x)
    {
        // Numbers of this size have no fraction: adding and subtracting it rounds.
        TVector rounder = TOperations.Broadcast(12_582_912), one = TOperations.Broadcast(1);
        TVector n = TOperations.Subtract(TOperations.MultiplyAdd(x, TOperations.Broadcast(1.44269504f), rounder), rounder);
        TVector r = TOperations.MultiplyAdd(n, TOperations.Broadcast(-0.693359375f), x);
        r = TOperations.MultiplyAdd(n, TOperations.Broadcast(2.12194440e-4f), r);
        TVector sum = TOperations.MultiplyAdd(TOperations.Broadcast(1.9875691500e-4f), r, TOperations.Broadcast(1.3981999507e-3f));
        sum = Polynomial(r, sum, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f);
        sum = TOperations.Add(TOperations.MultiplyAdd(sum, TOperations.Multiply(r, r), r), one);

        // Twice half the power: 2¹²⁸ alone is too large.
        TVector power = TOperations.PowerOfTwo(TOperations.Subtract(n, one));
        TVector result = TOperations.Multiply(TOperations.Multiply(sum, power), TOperations.Broadcast(2));
        result = TOperations.SelectBelow(x, TOperations.Broadcast(-86.5f), TOperations.Broadcast(0), result);
        return TOperations.SelectBelow(TOperations.Broadcast(88.72283f), x, TOperations.Broadcast(float.PositiveInfinity), result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sigmoid(TVector x)
    {
        TVector one = TOperations.Broadcast(1);
        return TOperations.Divide(one, TOperations.Add(one, Exp(TOperations.Subtract(TOperations.Broadcast(0), x))));
    }

    /// <summary>
    /// Near 0 the polynomial of the Cephes library (tanhf), which keeps the relative error small; elsewhere by the exponential function.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tanh(TVector x)
    {
        TVector zero = TOperations.Broadcast(0), one = TOperations.Broadcast(1), magnitude = TOperations.Abs(x);
        TVector square = TOperations.Multiply(x, x);
        TVector polynomial = Polynomial(
            square, -5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f);
        TVector near = TOperations.MultiplyAdd(TOperations.Multiply(polynomial, square), x, x);
        TVector decay = Exp(TOperations.Multiply(TOperations.Broadcast(-2), magnitude));
        TVector positive = TOperations.Divide(TOperations.Subtract(one, decay), TOperations.Add(one, decay));
        TVector far = TOperations.SelectBelow(x, zero, TOperations.Subtract(zero, positive), positive);
        return TOperations.SelectBelow(magnitude, TOperations.Broadcast(0.625f), near, far);
    }

    /// <summary>
    /// Φ(x) = erfc(−x / √2) / 2 with erfc by Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26 (error below 1.5e-7).
    /// The side below 0 is computed as such, not as a difference from 1, so that the tail keeps its digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NormalDistribution(TVector x)
    {
        TVector one = TOperations.Broadcast(1);
        TVector z = TOperations.Multiply(TOperations.Abs(x), TOperations.Broadcast(0.70710678f));
        TVector t = TOperations.Divide(one, TOperations.MultiplyAdd(TOperations.Broadcast(0.3275911f), z, one));
        TVector polynomial = Polynomial(t, 1.061405429f, -1.453152027f, 1.421413741f, -0.284496736f, 0.254829592f);
        TVector decay = Exp(TOperations.Multiply(TOperations.Subtract(TOperations.Broadcast(0), z), z));
        TVector tail = TOperations.Multiply(TOperations.Multiply(TOperations.Broadcast(0.5f), TOperations.Multiply(polynomial, t)), decay);
        return TOperations.SelectBelow(x, TOperations.Broadcast(0), tail, TOperations.Subtract(one, tail));
    }

    /// <summary>Horner's rule, the highest coefficient first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial(TVector x, float c4, float c3, float c2, float c1, float c0)
        => Polynomial(x, TOperations.Broadcast(c4), c3, c2, c1, c0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial(TVector x, TVector c4, float c3, float c2, float c1, float c0)
    {
        TVector sum = TOperations.MultiplyAdd(c4, x, TOperations.Broadcast(c3));
        sum = TOperations.MultiplyAdd(sum, x, TOperations.Broadcast(c2));
        sum = TOperations.MultiplyAdd(sum, x, TOperations.Broadcast(c1));
        return TOperations.MultiplyAdd(sum, x, TOperations.Broadcast(c0));
    }
}
