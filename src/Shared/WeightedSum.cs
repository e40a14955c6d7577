using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageRestoration.Numerics;

/// <summary>The inner loop of convolutions and resampling.</summary>
internal static class WeightedSum
{
    /// <summary>
    /// Adds up shifted copies of one array: destination[x] = Σ weights[i] · source[offsets[i] + x]. Terms are added in order, without
    /// fused operations, so the result has the same bits whatever the length of the machine's vectors is.
    /// </summary>
    /// <param name="source">Where the copies begin; every offset plus the destination's length stays inside.</param>
    /// <param name="offsets">Begin of each copy, at least 0.</param>
    /// <param name="weights">As many factors.</param>
    /// <param name="destination">Receives the sums; does not overlap the source.</param>
    public static void Of(ReadOnlySpan<float> source, ReadOnlySpan<int> offsets, ReadOnlySpan<float> weights, Span<float> destination)
    {
        weights = weights[..offsets.Length];
        foreach (int offset in offsets)
        {
            // Checks the bounds once, so that the loops below need not.
            _ = source.Slice(offset, destination.Length);
        }

        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int length = Vector<float>.Count;
        int x = 0;
        for (; x <= destination.Length - (4 * length); x += 4 * length)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            for (int i = 0; i < offsets.Length; i++)
            {
                ref float start = ref Unsafe.Add(ref from, offsets[i] + x);
                var weight = new Vector<float>(weights[i]);
                a += weight * Vector.LoadUnsafe(ref start);
                b += weight * Vector.LoadUnsafe(ref start, (nuint)length);
                c += weight * Vector.LoadUnsafe(ref start, (nuint)(2 * length));
                d += weight * Vector.LoadUnsafe(ref start, (nuint)(3 * length));
            }

            a.StoreUnsafe(ref to, (nuint)x);
            b.StoreUnsafe(ref to, (nuint)(x + length));
            c.StoreUnsafe(ref to, (nuint)(x + (2 * length)));
            d.StoreUnsafe(ref to, (nuint)(x + (3 * length)));
        }

        for (; x <= destination.Length - length; x += length)
        {
            Vector<float> sum = default;
            for (int i = 0; i < offsets.Length; i++)
            {
                sum += new Vector<float>(weights[i]) * Vector.LoadUnsafe(ref from, (nuint)(offsets[i] + x));
            }

            sum.StoreUnsafe(ref to, (nuint)x);
        }

        for (; x < destination.Length; x++)
        {
            float sum = 0;
            for (int i = 0; i < offsets.Length; i++)
            {
                sum += weights[i] * Unsafe.Add(ref from, offsets[i] + x);
            }

            destination[x] = sum;
        }
    }
}
