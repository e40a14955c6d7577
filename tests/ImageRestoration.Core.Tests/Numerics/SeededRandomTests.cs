using System.Reflection;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Numerics;

public sealed class SeededRandomTests
{
    [Fact]
    public void NextUInt64_StateOneToFour_GivesThePublishedSequence()
    {
        // The sequence that implementations of xoshiro256** are tested with, from the authors' C code.
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
            16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        var random = new SeededRandom(1, 2, 3, 4);
        Assert.Equal(expected, Draw(random, expected.Length));
    }

    [Fact]
    public void SplitMix64_Seed1234567_GivesThePublishedSequence()
    {
        var mixer = new SplitMix64(1234567);
        ulong[] actual = [mixer.Next(), mixer.Next(), mixer.Next(), mixer.Next(), mixer.Next()];
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], actual);
    }

    [Fact]
    public void NextUInt64_Seeded_NeverChanges()
    {
        // Computed by an independent implementation. A change would alter every training run and benchmark.
        Assert.Equal([1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193], Draw(new SeededRandom(42), 4));
        Assert.Equal([630647036942110894, 10476359622359239412, 442651412472886820], Draw(SeededRandom.ForSample(7, 3, 2), 3));
    }

    [Fact]
    public void AllVirtualMembersOfRandom_AreOverridden()
    {
        string[] inherited =
        [
            .. typeof(SeededRandom).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(method => method.IsVirtual && method.DeclaringType == typeof(Random))
                .Select(method => method.ToString()!),
        ];
        Assert.Empty(inherited);
    }

    [Fact]
    public void ForSample_NeighbouringArguments_GiveDifferentStreams()
    {
        var first = new HashSet<ulong>();
        for (int seed = -2; seed <= 2; seed++)
        {
            first.Add(new SeededRandom(unchecked((ulong)seed)).NextUInt64());
            for (int step = 0; step < 40; step++)
            {
                for (int sample = 0; sample < 40; sample++)
                {
                    first.Add(SeededRandom.ForSample(seed, step, sample).NextUInt64());
                }
            }
        }

        Assert.Equal(5 * ((40 * 40) + 1), first.Count);
    }

    [Fact]
    public void ForSample_FirstDraws_AreUniformAcrossSamples()
    {
        // Crops use the first draws of many streams: these, not one long stream, must look uniform.
        int[] counts = new int[16];
        for (int sample = 0; sample < 16_000; sample++)
        {
            counts[SeededRandom.ForSample(1, sample / 16, sample % 16).Next(16)]++;
        }

        AssertUniform(counts);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Next_SmallBound_IsUniform(int bound)
    {
        var random = new SeededRandom(11);
        int[] counts = new int[bound];
        for (int i = 0; i < 1000 * bound; i++)
        {
            counts[random.Next(bound)]++;
        }

        AssertUniform(counts);
    }

    [Fact]
    public void Next_BoundThatDoesNotDivideThePowerOfTwo_HasNoBias()
    {
        // With 3·2²⁹ of 2³² values, taking a remainder or an unchecked product would favour one third visibly.
        var random = new SeededRandom(12);
        const int bound = 3 << 29;
        int[] thirds = new int[3];
        int[] residues = new int[3];
        for (int i = 0; i < 30_000; i++)
        {
            int value = random.Next(bound);
            thirds[value / (1 << 29)]++;
            residues[value % 3]++;
        }

        AssertUniform(thirds);
        AssertUniform(residues);
    }

    [Fact]
    public void NextInt64_BoundThatDoesNotDivideThePowerOfTwo_HasNoBias()
    {
        var random = new SeededRandom(13);
        const long bound = 3L << 61;
        int[] thirds = new int[3];
        int[] residues = new int[3];
        for (int i = 0; i < 30_000; i++)
        {
            long value = random.NextInt64(bound);
            thirds[value / (1L << 61)]++;
            residues[value % 3]++;
        }

        AssertUniform(thirds);
        AssertUniform(residues);
    }

    [Fact]
    public void Next_ExtremeRanges_StayWithinThem()
    {
        var random = new SeededRandom(14);
        bool anyNegative = false;
        bool anyPositive = false;
        for (int i = 0; i < 1000; i++)
        {
            int value = random.Next(int.MinValue, int.MaxValue);
            anyNegative |= value < -1_000_000_000;
            anyPositive |= value > 1_000_000_000;
            Assert.InRange(random.Next(), 0, int.MaxValue - 1);
            Assert.InRange(random.Next(-3, 4), -3, 3);
            Assert.InRange(random.Next(int.MaxValue - 2, int.MaxValue), int.MaxValue - 2, int.MaxValue - 1);
            Assert.InRange(random.NextInt64(), 0, long.MaxValue - 1);
            Assert.InRange(random.NextInt64(-3, 4), -3, 3);
            Assert.InRange(random.NextInt64(long.MinValue, long.MinValue + 2), long.MinValue, long.MinValue + 1);
            Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1);
        }

        Assert.True(anyNegative && anyPositive);
    }

    [Fact]
    public void Next_SmallRange_ReachesBothEnds()
    {
        var random = new SeededRandom(15);
        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], Enumerable.Range(0, 500).Select(_ => random.Next(-3, 4)).Distinct().Order());
        Assert.Equal([-1, 0, 1], Enumerable.Range(0, 500).Select(_ => random.NextInt64(-1, 2)).Distinct().Order());
    }

    [Fact]
    public void Next_EmptyRange_GivesItsStartAsRandomDoes()
    {
        var random = new SeededRandom(16);
        Assert.Equal(0, random.Next(0));
        Assert.Equal(5, random.Next(5, 5));
        Assert.Equal(0, random.NextInt64(0));
        Assert.Equal(-5, random.NextInt64(-5, -5));
    }

    [Fact]
    public void Next_WrongBounds_Throws()
    {
        var random = new SeededRandom(17);
        Assert.Throws<ArgumentOutOfRangeException>("maxValue", () => random.Next(-1));
        Assert.Throws<ArgumentOutOfRangeException>("minValue", () => random.Next(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>("maxValue", () => random.NextInt64(-1));
        Assert.Throws<ArgumentOutOfRangeException>("minValue", () => random.NextInt64(2, 1));
        Assert.Throws<ArgumentNullException>("buffer", () => random.NextBytes(null!));
    }

    [Fact]
    public void NextDoubleAndNextSingle_ManyDraws_AreUniformBelowOne()
    {
        var random = new SeededRandom(18);
        int[] doubles = new int[50];
        int[] singles = new int[50];
        for (int i = 0; i < 50_000; i++)
        {
            // An index outside the array would be a value outside [0, 1).
            doubles[(int)(random.NextDouble() * 50)]++;
            singles[(int)(random.NextSingle() * 50d)]++;
        }

        AssertUniform(doubles);
        AssertUniform(singles);
    }

    [Fact]
    public void NextBytes_AnyLength_IsLittleEndianAndEqualInBothOverloads()
    {
        byte[] whole = [.. Draw(new SeededRandom(19), 4).SelectMany(word => Enumerable.Range(0, 8).Select(i => (byte)(word >> (8 * i))))];
        for (int length = 0; length <= whole.Length; length++)
        {
            byte[] array = new byte[length];
            new SeededRandom(19).NextBytes(array);
            Assert.Equal(whole[..length], array);
            Span<byte> span = new byte[length];
            new SeededRandom(19).NextBytes(span);
            Assert.True(span.SequenceEqual(array));
        }
    }

    [Fact]
    public void NextUInt64_EveryBit_IsSetHalfTheTime()
    {
        var random = new SeededRandom(20);
        int[] counts = new int[64];
        for (int i = 0; i < 10_000; i++)
        {
            ulong word = random.NextUInt64();
            for (int bit = 0; bit < 64; bit++)
            {
                counts[bit] += (int)((word >> bit) & 1);
            }
        }

        Assert.All(counts, count => Assert.InRange(count, 5000 - 250, 5000 + 250));
    }

    private static ulong[] Draw(SeededRandom random, int count)
    {
        ulong[] values = new ulong[count];
        foreach (ref ulong value in values.AsSpan())
        {
            value = random.NextUInt64();
        }

        return values;
    }

    /// <summary>Chi-squared, with a limit of five standard deviations above its mean.</summary>
    private static void AssertUniform(int[] counts)
    {
        double expected = counts.Average();
        double chiSquared = counts.Sum(count => (count - expected) * (count - expected) / expected);
        int freedom = counts.Length - 1;
        Assert.InRange(chiSquared, 0, freedom + 4 + (5 * Math.Sqrt(2.0 * freedom)));
    }
}
