using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <summary>Finishes the results of an operation while they are still in the nearest cache.</summary>
internal static unsafe class EpilogueKernel<TOperations, TVector>
    where TOperations : struct, IVectorOperations<TVector>
    where TVector : struct
{
    /// <summary>Applies activations and residual to all lanes of some pixels of one block.</summary>
    /// <param name="epilogue">What to do.</param>
    /// <param name="output">First pixel; the next is <paramref name="outputPixel"/> floats further.</param>
    /// <param name="outputPixel">Distance of pixels.</param>
    /// <param name="residual">First pixel of the residual; <see langword="null"/> where there is none.</param>
    /// <param name="pixels">Number of pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply(ConvolutionEpilogue epilogue, float* output, nint outputPixel, float* residual, int pixels)
    {
        for (; pixels > 0; pixels--, output += outputPixel)
        {
            Finish(epilogue, output, output, residual);

            // Residuals have the output's shape, and their pixels the same distance.
            residual = residual is null ? null : residual + outputPixel;
        }
    }

    /// <summary>The same for neighbouring pixels that are moved on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Move(ConvolutionEpilogue epilogue, float* source, float* output, float* residual, int pixels)
    {
        for (; pixels > 0; pixels--, source += ValueLayout.Lanes, output += ValueLayout.Lanes)
        {
            Finish(epilogue, source, output, residual);
            residual = residual is null ? null : residual + ValueLayout.Lanes;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ConvolutionEpilogue epilogue, float* source, float* output, float* residual)
    {
        for (int lane = 0; lane < ValueLayout.Lanes; lane += TOperations.Width)
        {
            TVector value = Activate(epilogue.First, TOperations.Load(source + lane), epilogue.FirstSlope);
            if (residual is not null)
            {
                TVector other = TOperations.Load(residual + lane);
                value = epilogue.Multiply ? TOperations.Multiply(value, other) : TOperations.Add(value, other);
            }

            TOperations.Store(Activate(epilogue.Second, value, epilogue.SecondSlope), output + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Activate(FusedActivation activation, TVector value, float slope)
    {
        if (activation == FusedActivation.None)
        {
            return value;
        }

        TVector zero = TOperations.Broadcast(0);
        return TOperations.SelectBelow(
            value, zero, activation == FusedActivation.ReLU ? zero : TOperations.Multiply(value, TOperations.Broadcast(slope)), value);
    }
}
