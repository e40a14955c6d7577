using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageRestoration.Numerics;

/// <summary>Draws normally distributed numbers from a random source.</summary>
/// <remarks>
/// The ziggurat method (Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables", 2000) with 256 layers,
/// in double precision, with layer, sign and position taken from separate bits (Doornik 2005). Its tables and its rare
/// branches use only operations that IEEE 754 rounds correctly, and no vector instructions, so a
/// <see cref="SeededRandom"/> gives the same bits on every machine.
/// </remarks>
public static class GaussianRandomExtensions
{
    private const int Layers = 256;
    private const int BlockLength = 256;
    private const double Unit = 1.0 / (1UL << 53);

    /// <summary>Where the bottom layer ends and the tail begins, for 256 layers of equal area.</summary>
    private const double TailStart = 3.6541528853610088;

    /// <summary>Right edges of the layers from the bottom up; the bottom one includes the tail's area. The last is 0.</summary>
    private static readonly double[] Edges = CreateEdges();

    /// <summary>exp(-x²/2) at the edges.</summary>
    private static readonly double[] Heights = Array.ConvertAll(Edges, Density);

    /// <summary>Fills a span with independent normally distributed numbers.</summary>
    /// <remarks>Allocates nothing. Filling a span in pieces gives the same numbers as filling it at once.</remarks>
    /// <param name="random">Source of the randomness; its <see cref="Random.NextBytes(Span{byte})"/> is used.</param>
    /// <param name="destination">Receives the numbers.</param>
    /// <param name="mean">Mean of the distribution; a finite number.</param>
    /// <param name="sigma">Standard deviation, in the unit of the values; finite and at least 0.</param>
    public static void NextGaussian(this Random random, Span<float> destination, float mean = 0f, float sigma = 1f)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!float.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean is a finite number.");
        }

        if (!float.IsFinite(sigma) || sigma < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "The standard deviation is a finite number of at least 0.");
        }

        double offset = mean;
        double scale = sigma;
        var bits = new BitReader(random, stackalloc ulong[BlockLength]);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)(offset + (scale * Next(ref bits, destination.Length - i)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Next(ref BitReader bits, int wanted)
    {
        while (true)
        {
            // Bits 0-7 choose the layer, bit 8 the sign, bits 11-63 the position.
            ulong word = bits.Read(wanted);
            int layer = (int)(word & (Layers - 1));
            double x = (word >> 11) * Unit * Edges[layer];
            if (x < Edges[layer + 1] || IsAccepted(ref bits, wanted, layer, ref x))
            {
                // Not a branch: it would be mispredicted every other time.
                return BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) ^ ((word & Layers) << 55));
            }
        }
    }

    /// <summary>Decides outside the part of a layer that lies wholly under the curve: about 1 draw in 100.</summary>
    private static bool IsAccepted(ref BitReader bits, int wanted, int layer, ref double x)
    {
        if (layer == 0)
        {
            x = NextInTail(ref bits, wanted);
            return true;
        }

        double height = Heights[layer] + (bits.ReadUnit(wanted) * (Heights[layer + 1] - Heights[layer]));
        return height < Density(x);
    }

    /// <summary>
    /// Draws from the tail beyond the last layer (Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", 1964).
    /// </summary>
    private static double NextInTail(ref BitReader bits, int wanted)
    {
        double x;
        double y;
        do
        {
            x = -PortableMath.Log(bits.ReadUnit(wanted)) / TailStart;
            y = -PortableMath.Log(bits.ReadUnit(wanted));
        }
        while (y + y < x * x);
        return TailStart + x;
    }

    private static double Density(double x) => PortableMath.Exp(-0.5 * x * x);

    private static double[] CreateEdges()
    {
        // Area of every layer: the bottom rectangle up to TailStart and the tail beyond it.
        const double area = 0.004928673233974655;
        double[] edges = new double[Layers + 1];
        edges[0] = area / Density(TailStart);
        edges[1] = TailStart;
        for (int i = 2; i < Layers; i++)
        {
            edges[i] = Math.Sqrt(-2 * PortableMath.Log((area / edges[i - 1]) + Density(edges[i - 1])));
        }

        return edges;
    }

    /// <summary>
    /// Hands out 64-bit words, fetched in blocks to save virtual calls. It never fetches more words than there are
    /// numbers wanted, each of which takes at least one: no word is thrown away.
    /// </summary>
    private ref struct BitReader(Random random, Span<ulong> buffer)
    {
        private readonly Span<ulong> _buffer = buffer;
        private int _next;
        private int _end;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Read(int wanted)
        {
            if (_next == _end)
            {
                Fetch(wanted);
            }

            ulong word = _buffer[_next++];
            return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
        }

        private void Fetch(int wanted)
        {
            _next = 0;
            _end = Math.Min(wanted, BlockLength);
            random.NextBytes(MemoryMarshal.AsBytes(_buffer[.._end]));
        }

        /// <summary>A number from (0, 1].</summary>
        public double ReadUnit(int wanted) => ((Read(wanted) >> 11) + 1) * Unit;
    }
}
