using System.Numerics;
using System.Numerics.Tensors;

namespace ImageRestoration.Photos;

/// <summary>The five filters of PNG (specification, section 9).</summary>
internal static class PngFilters
{
    internal const int Count = 5;
    private const int None = 0;
    private const int Sub = 1;
    private const int Up = 2;
    private const int Average = 3;
    private const int Paeth = 4;

    /// <summary>Undoes a filter in place.</summary>
    /// <param name="filter">Number of the filter.</param>
    /// <param name="row">The filtered row.</param>
    /// <param name="previous">The row above, without filter; zeros above the first.</param>
    /// <param name="step">Distance in bytes to the pixel to the left.</param>
    /// <returns>Whether there is such a filter.</returns>
    internal static bool TryUndo(int filter, Span<byte> row, ReadOnlySpan<byte> previous, int step)
    {
        int start = Math.Min(step, row.Length);
        previous = previous[..row.Length];
        switch (filter)
        {
            case None:
                break;
            case Sub:
                for (int i = start; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                break;
            case Up:
                TensorPrimitives.Add<byte>(row, previous, row);
                break;
            case Average:
                for (int i = 0; i < start; i++)
                {
                    row[i] += (byte)(previous[i] >> 1);
                }

                for (int i = start; i < row.Length; i++)
                {
                    row[i] += (byte)((row[i - step] + previous[i]) >> 1);
                }

                break;
            case Paeth:
                TensorPrimitives.Add<byte>(row[..start], previous[..start], row[..start]);
                for (int i = start; i < row.Length; i++)
                {
                    row[i] += (byte)Predict(row[i - step], previous[i], previous[i - step]);
                }

                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>
    /// Filters a row in all ways and takes the one with the smallest sum of magnitudes, each byte taken as signed: the heuristic that the
    /// specification recommends (section 12.7).
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="previous">The row above; zeros above the first.</param>
    /// <param name="step">Distance in bytes to the pixel to the left.</param>
    /// <param name="candidates">Room for five rows, each a filter byte and the filtered row.</param>
    /// <returns>Where the chosen one lies in <paramref name="candidates"/>.</returns>
    internal static Range Choose(ReadOnlySpan<byte> row, ReadOnlySpan<byte> previous, int step, Span<byte> candidates)
    {
        int length = row.Length + 1, best = 0;
        long least = long.MaxValue;
        for (int filter = 0; filter < Count; filter++)
        {
            Span<byte> candidate = candidates.Slice(filter * length, length);
            candidate[0] = (byte)filter;
            Apply(filter, row, previous, step, candidate[1..]);
            long sum = SumOfMagnitudes(candidate[1..]);
            if (sum < least)
            {
                (least, best) = (sum, filter);
            }
        }

        return (best * length)..((best + 1) * length);
    }

    private static void Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> previous, int step, Span<byte> filtered)
    {
        int start = Math.Min(step, row.Length);
        previous = previous[..row.Length];
        switch (filter)
        {
            case None:
                row.CopyTo(filtered);
                break;
            case Sub:
                row[..start].CopyTo(filtered);
                TensorPrimitives.Subtract(row[start..], row[..^start], filtered[start..]);
                break;
            case Up:
                TensorPrimitives.Subtract(row, previous, filtered);
                break;
            case Average:
                for (int i = 0; i < start; i++)
                {
                    filtered[i] = (byte)(row[i] - (previous[i] >> 1));
                }

                ApplyAverage(row[start..], row[..^start], previous[start..], filtered[start..]);
                break;
            default:
                TensorPrimitives.Subtract(row[..start], previous[..start], filtered[..start]);
                ApplyPaeth(row[start..], row[..^start], previous[start..], previous[..^start], filtered[start..]);
                break;
        }
    }

    private static void ApplyAverage(ReadOnlySpan<byte> row, ReadOnlySpan<byte> left, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var a = new Vector<byte>(left[i..]);
            var b = new Vector<byte>(above[i..]);

            // The mean without the carry bit that a sum of bytes would lose.
            Vector<byte> mean = (a & b) + Vector.ShiftRightLogical(a ^ b, 1);
            (new Vector<byte>(row[i..]) - mean).CopyTo(filtered[i..]);
        }

        for (; i < row.Length; i++)
        {
            filtered[i] = (byte)(row[i] - ((left[i] + above[i]) >> 1));
        }
    }

    private static void ApplyPaeth(
        ReadOnlySpan<byte> row, ReadOnlySpan<byte> left, ReadOnlySpan<byte> above, ReadOnlySpan<byte> corner, Span<byte> filtered)
    {
        int i = 0;
        for (; i <= row.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(left[i..]), out Vector<ushort> a0, out Vector<ushort> a1);
            Vector.Widen(new Vector<byte>(above[i..]), out Vector<ushort> b0, out Vector<ushort> b1);
            Vector.Widen(new Vector<byte>(corner[i..]), out Vector<ushort> c0, out Vector<ushort> c1);
            Vector<byte> predicted = Vector.Narrow(Predict(a0, b0, c0), Predict(a1, b1, c1));
            (new Vector<byte>(row[i..]) - predicted).CopyTo(filtered[i..]);
        }

        for (; i < row.Length; i++)
        {
            filtered[i] = (byte)(row[i] - Predict(left[i], above[i], corner[i]));
        }
    }

    private static Vector<ushort> Predict(Vector<ushort> left, Vector<ushort> above, Vector<ushort> corner)
    {
        Vector<short> a = Vector.AsVectorInt16(left), b = Vector.AsVectorInt16(above), c = Vector.AsVectorInt16(corner);
        Vector<short> towardsAbove = b - c, towardsLeft = a - c;
        Vector<short> distanceLeft = Vector.Abs(towardsAbove), distanceAbove = Vector.Abs(towardsLeft);
        Vector<short> distanceCorner = Vector.Abs(towardsAbove + towardsLeft);
        Vector<short> takeLeft = Vector.LessThanOrEqual(distanceLeft, Vector.Min(distanceAbove, distanceCorner));
        Vector<short> takeAbove = Vector.LessThanOrEqual(distanceAbove, distanceCorner);
        return Vector.AsVectorUInt16(Vector.ConditionalSelect(takeLeft, a, Vector.ConditionalSelect(takeAbove, b, c)));
    }

    /// <summary>Left, above or the corner: whichever is closest to left + above − corner, in this order where equal.</summary>
    private static int Predict(int left, int above, int corner)
    {
        int distanceLeft = Math.Abs(above - corner), distanceAbove = Math.Abs(left - corner);
        int distanceCorner = Math.Abs(left + above - (2 * corner));
        return distanceLeft <= distanceAbove && distanceLeft <= distanceCorner ? left : distanceAbove <= distanceCorner ? above : corner;
    }

    private static long SumOfMagnitudes(ReadOnlySpan<byte> bytes)
    {
        long sum = 0;
        int i = 0;
        while (i <= bytes.Length - Vector<byte>.Count)
        {
            // Two magnitudes of at most 128 in each of 255 rounds fit into 16 bits.
            Vector<ushort> partial = Vector<ushort>.Zero;
            for (int round = 0; round < 255 && i <= bytes.Length - Vector<byte>.Count; round++, i += Vector<byte>.Count)
            {
                var value = new Vector<byte>(bytes[i..]);
                Vector.Widen(Vector.Min(value, Vector<byte>.Zero - value), out Vector<ushort> low, out Vector<ushort> high);
                partial += low + high;
            }

            Vector.Widen(partial, out Vector<uint> first, out Vector<uint> second);
            sum += Vector.Sum(first + second);
        }

        for (; i < bytes.Length; i++)
        {
            sum += Math.Abs((int)(sbyte)bytes[i]);
        }

        return sum;
    }
}
