using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageRestoration.Degradation.Jpeg;

/// <summary>
/// What JPEG's rounding does to a block of 8×8 samples: forward DCT, quantisation, and both undone.
/// </summary>
/// <remarks>
/// The fast DCT of Loeffler, Ligtenberg and Moschytz ("Practical Fast 1-D DCT Algorithms with 11 Multiplications", ICASSP 1989,
/// in the form with 12 multiplications) in fixed point, with 13 bits for the constants and 2 extra bits between the passes: libjpeg's
/// default, to the bit. Each vector is a row of the block or, after <see cref="Transpose"/>, a column; whole numbers give the same on every
/// machine.
/// </remarks>
internal static class BlockTransform
{
    private const int ConstantBits = 13;
    private const int ExtraBits = 2;

    // Constants of the algorithm times 2¹³.
    private const int C0298 = 2446;
    private const int C0390 = 3196;
    private const int C0541 = 4433;
    private const int C0765 = 6270;
    private const int C0899 = 7373;
    private const int C1175 = 9633;
    private const int C1501 = 12299;
    private const int C1847 = 15137;
    private const int C1961 = 16069;
    private const int C2053 = 16819;
    private const int C2562 = 20995;
    private const int C3072 = 25172;

    /// <summary>Rounds a block in place.</summary>
    /// <param name="samples">First of the block's samples, [0, 255].</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="table">Steps of the coefficients.</param>
    public static void Apply(ref short samples, int stride, QuantizationTable table)
    {
        Block block;
        Unsafe.SkipInit(out block);
        for (int row = 0; row < 8; row++)
        {
            Vector128<short> line = Vector128.LoadUnsafe(ref Unsafe.Add(ref samples, row * stride));
            block[row] = Vector256.Create(Vector128.WidenLower(line), Vector128.WidenUpper(line)) - Vector256.Create(128);
        }

        Transpose(ref block);
        Forward(ref block, evenShift: -ExtraBits, ConstantBits - ExtraBits);
        Transpose(ref block);
        Forward(ref block, evenShift: ExtraBits, ConstantBits + ExtraBits);
        Quantize(ref block, table);
        Inverse(ref block, ConstantBits - ExtraBits);
        Transpose(ref block);
        Inverse(ref block, ConstantBits + ExtraBits + 3);
        Transpose(ref block);
        for (int row = 0; row < 8; row++)
        {
            Vector256<int> line = Vector256.Min(
                Vector256.Max(block[row] + Vector256.Create(128), Vector256<int>.Zero), Vector256.Create(255));
            Vector128.Narrow(line.GetLower(), line.GetUpper()).StoreUnsafe(ref Unsafe.Add(ref samples, row * stride));
        }
    }

    /// <summary>Rounds each coefficient to the nearest multiple of its step, halves away from zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quantize(ref Block block, QuantizationTable table)
    {
        ref int steps = ref MemoryMarshal.GetArrayDataReference(table.Steps);
        ref float halves = ref MemoryMarshal.GetArrayDataReference(table.Halves);
        ref float reciprocals = ref MemoryMarshal.GetArrayDataReference(table.Reciprocals);
        for (int row = 0; row < 8; row++)
        {
            Vector256<int> value = block[row];
            Vector256<int> sign = value >> 31;
            Vector256<int> magnitude = (value ^ sign) - sign;

            // Exact, though in floating point: magnitude plus half a step is a whole number below 2¹⁶, and the extra half keeps
            // its quotient further from whole numbers than the roundings can move it.
            Vector256<float> shifted = Vector256.ConvertToSingle(magnitude) + Vector256.LoadUnsafe(ref halves, (nuint)(row * 8));
            Vector256<int> level = Vector256.ConvertToInt32(shifted * Vector256.LoadUnsafe(ref reciprocals, (nuint)(row * 8)));
            block[row] = ((level ^ sign) - sign) * Vector256.LoadUnsafe(ref steps, (nuint)(row * 8));
        }
    }

    /// <summary>One pass of the forward DCT along the vectors' index.</summary>
    /// <param name="block">Samples or half-transformed coefficients.</param>
    /// <param name="evenShift">Bits by which sums without multiplications go to the right; negative to the left.</param>
    /// <param name="shift">Bits by which products go to the right.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward(ref Block block, int evenShift, int shift)
    {
        Vector256<int> t0 = block[0] + block[7], t7 = block[0] - block[7];
        Vector256<int> t1 = block[1] + block[6], t6 = block[1] - block[6];
        Vector256<int> t2 = block[2] + block[5], t5 = block[2] - block[5];
        Vector256<int> t3 = block[3] + block[4], t4 = block[3] - block[4];

        Vector256<int> t10 = t0 + t3, t13 = t0 - t3;
        Vector256<int> t11 = t1 + t2, t12 = t1 - t2;
        block[0] = evenShift < 0 ? (t10 + t11) << -evenShift : Descale(t10 + t11, evenShift);
        block[4] = evenShift < 0 ? (t10 - t11) << -evenShift : Descale(t10 - t11, evenShift);
        Vector256<int> z1 = (t12 + t13) * C0541;
        block[2] = Descale(z1 + (t13 * C0765), shift);
        block[6] = Descale(z1 - (t12 * C1847), shift);

        RotateOdd(ref t4, ref t5, ref t6, ref t7);
        block[7] = Descale(t4, shift);
        block[5] = Descale(t5, shift);
        block[3] = Descale(t6, shift);
        block[1] = Descale(t7, shift);
    }

    /// <summary>One pass of the inverse DCT along the vectors' index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Inverse(ref Block block, int shift)
    {
        Vector256<int> z1 = (block[2] + block[6]) * C0541;
        Vector256<int> t2 = z1 - (block[6] * C1847);
        Vector256<int> t3 = z1 + (block[2] * C0765);
        Vector256<int> t0 = (block[0] + block[4]) << ConstantBits;
        Vector256<int> t1 = (block[0] - block[4]) << ConstantBits;
        Vector256<int> t10 = t0 + t3, t13 = t0 - t3;
        Vector256<int> t11 = t1 + t2, t12 = t1 - t2;

        Vector256<int> odd7 = block[7], odd5 = block[5], odd3 = block[3], odd1 = block[1];
        RotateOdd(ref odd7, ref odd5, ref odd3, ref odd1);
        block[0] = Descale(t10 + odd1, shift);
        block[7] = Descale(t10 - odd1, shift);
        block[1] = Descale(t11 + odd3, shift);
        block[6] = Descale(t11 - odd3, shift);
        block[2] = Descale(t12 + odd5, shift);
        block[5] = Descale(t12 - odd5, shift);
        block[3] = Descale(t13 + odd7, shift);
        block[4] = Descale(t13 - odd7, shift);
    }

    /// <summary>The part of odd frequencies, which is the same in both directions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RotateOdd(ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d)
    {
        Vector256<int> ac = a + c, bd = b + d;
        Vector256<int> z5 = (ac + bd) * C1175;
        Vector256<int> z1 = (a + d) * C0899;
        Vector256<int> z2 = (b + c) * C2562;
        Vector256<int> z3 = z5 - (ac * C1961);
        Vector256<int> z4 = z5 - (bd * C0390);
        a = (a * C0298) - z1 + z3;
        b = (b * C2053) - z2 + z4;
        c = (c * C3072) - z2 + z3;
        d = (d * C1501) - z1 + z4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Descale(Vector256<int> value, int bits) => (value + Vector256.Create(1 << (bits - 1))) >> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Block block)
    {
        if (!Avx2.IsSupported)
        {
            TransposeInMemory(ref block);
            return;
        }

        Vector256<int> a0 = Avx2.UnpackLow(block[0], block[1]), a1 = Avx2.UnpackHigh(block[0], block[1]);
        Vector256<int> a2 = Avx2.UnpackLow(block[2], block[3]), a3 = Avx2.UnpackHigh(block[2], block[3]);
        Vector256<int> a4 = Avx2.UnpackLow(block[4], block[5]), a5 = Avx2.UnpackHigh(block[4], block[5]);
        Vector256<int> a6 = Avx2.UnpackLow(block[6], block[7]), a7 = Avx2.UnpackHigh(block[6], block[7]);
        Vector256<long> b0 = Avx2.UnpackLow(a0.AsInt64(), a2.AsInt64()), b1 = Avx2.UnpackHigh(a0.AsInt64(), a2.AsInt64());
        Vector256<long> b2 = Avx2.UnpackLow(a1.AsInt64(), a3.AsInt64()), b3 = Avx2.UnpackHigh(a1.AsInt64(), a3.AsInt64());
        Vector256<long> b4 = Avx2.UnpackLow(a4.AsInt64(), a6.AsInt64()), b5 = Avx2.UnpackHigh(a4.AsInt64(), a6.AsInt64());
        Vector256<long> b6 = Avx2.UnpackLow(a5.AsInt64(), a7.AsInt64()), b7 = Avx2.UnpackHigh(a5.AsInt64(), a7.AsInt64());
        block[0] = Avx2.Permute2x128(b0, b4, 0x20).AsInt32();
        block[1] = Avx2.Permute2x128(b1, b5, 0x20).AsInt32();
        block[2] = Avx2.Permute2x128(b2, b6, 0x20).AsInt32();
        block[3] = Avx2.Permute2x128(b3, b7, 0x20).AsInt32();
        block[4] = Avx2.Permute2x128(b0, b4, 0x31).AsInt32();
        block[5] = Avx2.Permute2x128(b1, b5, 0x31).AsInt32();
        block[6] = Avx2.Permute2x128(b2, b6, 0x31).AsInt32();
        block[7] = Avx2.Permute2x128(b3, b7, 0x31).AsInt32();
    }

    private static void TransposeInMemory(ref Block block)
    {
        Span<Vector256<int>> rows = block;
        Span<int> values = MemoryMarshal.Cast<Vector256<int>, int>(rows);
        for (int row = 0; row < 7; row++)
        {
            for (int column = row + 1; column < 8; column++)
            {
                (values[(row * 8) + column], values[(column * 8) + row]) = (values[(column * 8) + row], values[(row * 8) + column]);
            }
        }
    }

    [InlineArray(8)]
    private struct Block
    {
        private Vector256<int> _row;
    }
}
