using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageRestoration.Classical.Denoising;

/// <summary>The orthonormal discrete cosine transform of 8×8 blocks, in which white noise keeps its standard deviation.</summary>
internal static class BlockTransform
{
    /// <summary>Side of a block.</summary>
    internal const int Side = 8;

    /// <summary>Values of a block.</summary>
    internal const int Length = Side * Side;

    /// <summary>Value x of basis function u, at 8u + x, and transposed: function u at 8x + u.</summary>
    private static readonly float[] _basis = CreateBasis(transposed: false), _columns = CreateBasis(transposed: true);

    /// <summary>Transforms a block in place: 64 values by rows become 64 coefficients, those of the lowest frequencies first.</summary>
    internal static void Apply(Span<float> block)
    {
        Span<Vector256<float>> rows = MemoryMarshal.Cast<float, Vector256<float>>(block);
        Span<Vector256<float>> turned = stackalloc Vector256<float>[Side];
        ReadOnlySpan<Vector256<float>> columns = MemoryMarshal.Cast<float, Vector256<float>>(_columns);
        for (int y = 0; y < Side; y++)
        {
            Vector256<float> sum = columns[0] * block[Side * y];
            for (int x = 1; x < Side; x++)
            {
                sum += columns[x] * block[(Side * y) + x];
            }

            turned[y] = sum;
        }

        for (int u = 0; u < Side; u++)
        {
            Vector256<float> sum = turned[0] * _basis[Side * u];
            for (int y = 1; y < Side; y++)
            {
                sum += turned[y] * _basis[(Side * u) + y];
            }

            rows[u] = sum;
        }
    }

    private static float[] CreateBasis(bool transposed)
    {
        float[] basis = new float[Length];
        for (int u = 0; u < Side; u++)
        {
            for (int x = 0; x < Side; x++)
            {
                double value = Math.Sqrt((u == 0 ? 1.0 : 2.0) / Side) * Math.Cos(((2 * x) + 1) * u * Math.PI / (2 * Side));
                basis[transposed ? (Side * x) + u : (Side * u) + x] = (float)value;
            }
        }

        return basis;
    }
}
