using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Numerics;

public sealed class GaussianRandomExtensionsTests
{
    private const int Count = 2_000_000;

    private static readonly Lazy<float[]> Sample = new(() => Draw(new SeededRandom(1), Count));

    [Fact]
    public void NextGaussian_Moments_AreThoseOfTheNormalDistribution()
    {
        double mean = Sample.Value.Average(x => (double)x);
        double variance = Moment(2);

        // Five standard errors each.
        Assert.Equal(0, mean, 5 / Math.Sqrt(Count));
        Assert.Equal(1, variance, 5 * Math.Sqrt(2.0 / Count));
        Assert.Equal(0, Moment(3), 5 * Math.Sqrt(15.0 / Count));
        Assert.Equal(3, Moment(4), 5 * Math.Sqrt(96.0 / Count));
        Assert.Equal(15, Moment(6), 5 * Math.Sqrt(10170.0 / Count));

        static double Moment(int power) => Sample.Value.Average(x => Math.Pow(x, power));
    }

    [Fact]
    public void NextGaussian_Distribution_PassesKolmogorovSmirnov()
    {
        float[] sorted = [.. Sample.Value];
        Array.Sort(sorted);

        // The distribution function by Simpson's rule from one sample value to the next.
        double cumulated = 0.5;
        int zero = Array.FindIndex(sorted, x => x >= 0);
        double largest = Math.Abs(cumulated - ((double)zero / Count));
        double position = 0;
        for (int i = zero; i < Count; i++)
        {
            cumulated += Area(position, sorted[i]);
            position = sorted[i];
            largest = Math.Max(largest, Math.Abs(cumulated - ((i + 0.5) / Count)));
        }

        cumulated = 0.5;
        position = 0;
        for (int i = zero - 1; i >= 0; i--)
        {
            cumulated -= Area(sorted[i], position);
            position = sorted[i];
            largest = Math.Max(largest, Math.Abs(cumulated - ((i + 0.5) / Count)));
        }

        // Level 0.001.
        Assert.InRange(largest * Math.Sqrt(Count), 0, 1.95);
    }

    [Theory]
    [InlineData(1, 0.31731050786291)]
    [InlineData(2, 0.045500263896358)]
    [InlineData(3, 0.0026997960632602)]
    [InlineData(3.6541528853610088, 0.000258040)]
    [InlineData(4, 6.3342483666e-5)]
    [InlineData(4.5, 6.7953e-6)]
    public void NextGaussian_Tails_HaveTheirShare(double limit, double share)
    {
        int count = Sample.Value.Count(x => Math.Abs(x) > limit);
        Assert.InRange(count, (Count * share) - (5 * Math.Sqrt(Count * share)), (Count * share) + (5 * Math.Sqrt(Count * share)));
    }

    [Fact]
    public void NextGaussian_NeighbouringValues_AreUncorrelated()
    {
        float[] x = Sample.Value;
        for (int lag = 1; lag <= 4; lag++)
        {
            double sum = 0;
            for (int i = lag; i < Count; i++)
            {
                sum += (double)x[i] * x[i - lag];
            }

            Assert.Equal(0, sum / Count, 5 / Math.Sqrt(Count));
        }
    }

    [Fact]
    public void NextGaussian_FarTail_IsReached()
    {
        // Layer 0 at its very end. Then two points in the tail: one is refused (the second number is 1), the other is
        // ln 2⁴⁰ / 3.654 = 7.59 beyond the tail's start and accepted, as 2 ln 2⁴⁵ > 7.59².
        const ulong end = ulong.MaxValue << 11;
        ulong[] tail = [((1UL << 13) - 1) << 11, end, ((1UL << 13) - 1) << 11, ((1UL << 8) - 1) << 11];
        double expected = 3.654152885 + (40 * Math.Log(2) / 3.654152885);
        Span<float> value = stackalloc float[1];
        new ScriptedRandom([end, .. tail]).NextGaussian(value);
        Assert.Equal(expected, value[0], 1e-5);

        // The same with the bit of the sign.
        new ScriptedRandom([end | 256, .. tail]).NextGaussian(value);
        Assert.Equal(-expected, value[0], 1e-5);
    }

    [Fact]
    public void NextGaussian_Seeded_HasTheSameBitsEverywhere()
    {
        // Recorded once; must hold on every operating system, processor and runtime.
        float[] values = Draw(new SeededRandom(2024), 200_000);
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        Assert.Equal("DDF06E28090ECC361E7998C23101FAEA1F5BBBD4CFCE48AA03E666462874B408", Convert.ToHexString(SHA256.HashData(bytes)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void NextGaussian_InPieces_GivesTheSameNumbers(int piece)
    {
        float[] whole = Draw(new SeededRandom(3), 5000);
        float[] pieces = new float[5000];
        var random = new SeededRandom(3);
        for (int i = 0; i < pieces.Length; i += piece)
        {
            random.NextGaussian(pieces.AsSpan(i, Math.Min(piece, pieces.Length - i)));
        }

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void NextGaussian_MeanAndSigma_ShiftAndScale()
    {
        float[] standard = Draw(new SeededRandom(4), 1000);
        float[] scaled = new float[1000];
        new SeededRandom(4).NextGaussian(scaled, 3, 0.25f);
        for (int i = 0; i < standard.Length; i++)
        {
            Assert.Equal(3 + (0.25 * standard[i]), scaled[i], 1e-6);
        }

        new SeededRandom(4).NextGaussian(scaled, -2, 0);
        Assert.All(scaled, value => Assert.Equal(-2, value));
    }

    [Fact]
    public void NextGaussian_RandomOfDotNet_IsNormalToo()
    {
        float[] values = Draw(new Random(5), 200_000);
        Assert.Equal(0, values.Average(x => (double)x), 5 / Math.Sqrt(values.Length));
        Assert.Equal(1, values.Average(x => (double)x * x), 5 * Math.Sqrt(2.0 / values.Length));
        Assert.Equal(3, values.Average(x => Math.Pow(x, 4)), 5 * Math.Sqrt(96.0 / values.Length));
    }

    [Fact]
    public void NextGaussian_ManyCalls_AllocateNothing()
    {
        var random = new SeededRandom(6);
        float[] values = new float[10_000];
        random.NextGaussian(values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            random.NextGaussian(values, 0, 0.1f);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(float.NaN, 1, "mean")]
    [InlineData(float.PositiveInfinity, 1, "mean")]
    [InlineData(0, -1, "sigma")]
    [InlineData(0, float.NaN, "sigma")]
    [InlineData(0, float.PositiveInfinity, "sigma")]
    public void NextGaussian_WrongArguments_Throws(float mean, float sigma, string parameter)
        => Assert.Throws<ArgumentOutOfRangeException>(parameter, () => new SeededRandom(7).NextGaussian(new float[4], mean, sigma));

    private static float[] Draw(Random random, int count)
    {
        float[] values = new float[count];
        random.NextGaussian(values);
        return values;
    }

    private static double Area(double from, double to)
        => (to - from) / 6 * (Density(from) + (4 * Density((from + to) / 2)) + Density(to));

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Plays back given words.</summary>
    private sealed class ScriptedRandom(params ulong[] words) : Random
    {
        private int _next;

        public override void NextBytes(Span<byte> buffer)
        {
            foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(buffer))
            {
                word = words[_next++];
            }
        }
    }
}
