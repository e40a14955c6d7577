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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sigmoid(TVector x)
    {
        TVector one = TOperations.Broadcast(1);
        return TOperations.Divide(one, TOperations.Add(one, TOperations.Exp(TOperations.Subtract(TOperations.Broadcast(0), x))));
    }

    /// <summary>Near 0 the polynomial of the Cephes library (tanhf), which keeps the relative error small; elsewhere by the exponential function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Tanh(TVector x)
    {
        TVector zero = TOperations.Broadcast(0), one = TOperations.Broadcast(1), magnitude = TOperations.Abs(x);
        TVector square = TOperations.Multiply(x, x);
        TVector polynomial = Polynomial(square, -5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f);
        TVector near = TOperations.MultiplyAdd(TOperations.Multiply(polynomial, square), x, x);
        TVector decay = TOperations.Exp(TOperations.Multiply(TOperations.Broadcast(-2), magnitude));
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
        TVector decay = TOperations.Exp(TOperations.Multiply(TOperations.Subtract(TOperations.Broadcast(0), z), z));
        TVector tail = TOperations.Multiply(TOperations.Multiply(TOperations.Broadcast(0.5f), TOperations.Multiply(polynomial, t)), decay);
        return TOperations.SelectBelow(x, TOperations.Broadcast(0), tail, TOperations.Subtract(one, tail));
    }

    /// <summary>Horner's rule, the highest coefficient first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial(TVector x, float c4, float c3, float c2, float c1, float c0)
    {
        TVector sum = TOperations.MultiplyAdd(TOperations.Broadcast(c4), x, TOperations.Broadcast(c3));
        sum = TOperations.MultiplyAdd(sum, x, TOperations.Broadcast(c2));
        sum = TOperations.MultiplyAdd(sum, x, TOperations.Broadcast(c1));
        return TOperations.MultiplyAdd(sum, x, TOperations.Broadcast(c0));
    }
}
