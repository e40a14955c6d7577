using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ImageRestoration.Numerics;

/// <summary>
/// A random source whose numbers depend on its seed alone: the same on every platform and on every version of .NET,
/// which <see cref="Random"/> does not promise.
/// </summary>
/// <remarks>
/// <para>xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021), seeded by SplitMix64.
/// Not for secrets.</para>
/// <para>The promise covers the members of this class and <see cref="GaussianRandomExtensions"/>.
/// <c>Shuffle</c>, <c>GetItems</c> and the like come from <see cref="Random"/>: they draw from this source, in an order
/// that .NET decides.</para>
/// <para>Not safe for use from several threads at once; give each thread or sample a source of its own,
/// for example from <see cref="ForSample"/>.</para>
/// </remarks>
public sealed class SeededRandom : Random
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Creates a source.</summary>
    /// <param name="seed">Any number; neighbouring seeds give unrelated sequences.</param>
    public SeededRandom(ulong seed)
    {
        var mixer = new SplitMix64(seed);
        _s0 = mixer.Next();
        _s1 = mixer.Next();
        _s2 = mixer.Next();
        _s3 = mixer.Next();
    }

    /// <summary>Sets the raw state, for comparison with published sequences.</summary>
    internal SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        _s0 = s0;
        _s1 = s1;
        _s2 = s2;
        _s3 = s3;
    }

    /// <summary>
    /// Creates the source of one sample of one step. Everything random about a training sample (its crop, flips and noise)
    /// drawn from it is a function of these three numbers, so that work can be resumed or spread over threads without
    /// storing the state of a generator.
    /// </summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="step">Step or epoch.</param>
    /// <param name="sample">Position in the step's batch or in the epoch.</param>
    /// <returns>A source unrelated to those of other steps, samples and seeds.</returns>
    public static SeededRandom ForSample(long seed, long step, long sample)
    {
        // The leading constant separates these streams from those of new SeededRandom(seed).
        ulong hash = SplitMix64.Combine(0x5A4D504C45u, (ulong)seed);
        hash = SplitMix64.Combine(hash, (ulong)step);
        hash = SplitMix64.Combine(hash, (ulong)sample);
        return new SeededRandom(hash);
    }

    /// <summary>Makes a source that gives the numbers that this one is going to give.</summary>
    /// <returns>The source; drawing from either does not change the other.</returns>
    public SeededRandom Clone() => new(_s0, _s1, _s2, _s3);

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>Any number, each equally likely.</returns>
    public ulong NextUInt64() => Advance(ref _s0, ref _s1, ref _s2, ref _s3);

    /// <inheritdoc/>
    public override int Next() => (int)NextBelow(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)NextBelow((uint)maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + NextBelow((uint)((long)maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override long NextInt64() => (long)NextBelow(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (long)NextBelow((ulong)maxValue);
    }

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return unchecked(minValue + (long)NextBelow((ulong)maxValue - (ulong)minValue));
    }

    /// <summary>Draws a number from [0, 1) in steps of 2⁻⁵³.</summary>
    /// <returns>A number that is at least 0 and less than 1.</returns>
    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws a number from [0, 1) in steps of 2⁻²⁴.</summary>
    /// <returns>A number that is at least 0 and less than 1.</returns>
    public override float NextSingle() => (NextUInt64() >> 40) * (1f / (1U << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        // Local copies stay in registers, which more than doubles the speed.
        (ulong s0, ulong s1, ulong s2, ulong s3) = (_s0, _s1, _s2, _s3);
        while (buffer.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(buffer, Advance(ref s0, ref s1, ref s2, ref s3));
            buffer = buffer[sizeof(ulong)..];
        }

        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
        if (buffer.IsEmpty)
        {
            return;
        }

        ulong rest = NextUInt64();
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)(rest >> (8 * i));
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Advance(ref ulong s0, ref ulong s1, ref ulong s2, ref ulong s3)
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>
    /// Draws from [0, bound) without bias (Lemire, "Fast Random Integer Generation in an Interval", 2019).
    /// A bound of 0 gives 0, as <see cref="Random"/> does for an empty range.
    /// </summary>
    private uint NextBelow(uint bound)
    {
        ulong product = (NextUInt64() >> 32) * bound;
        if ((uint)product < bound)
        {
            uint threshold = (0u - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * bound;
            }
        }

        return (uint)(product >> 32);
    }

    private ulong NextBelow(ulong bound)
    {
        ulong high = Math.BigMul(NextUInt64(), bound, out ulong low);
        if (low < bound)
        {
            ulong threshold = (0UL - bound) % bound;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), bound, out low);
            }
        }

        return high;
    }
}
