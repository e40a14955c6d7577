using System.Buffers.Binary;
using System.Security.Cryptography;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Numerics;

public sealed class PortableMathTests
{
    [Fact]
    public void Log_WideRange_IsAccurate()
    {
        for (double x = 1e-18; x < 1e6; x *= 1.00371)
        {
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 1e-15 * Math.Max(1, Math.Abs(Math.Log(x))));
        }

        for (double x = 0.9; x < 1.1; x += 0.000137)
        {
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 2e-16);
        }

        Assert.Equal(0, PortableMath.Log(1));
    }

    [Fact]
    public void Exp_WideRange_IsAccurate()
    {
        for (double x = -700; x < 700; x += 0.137)
        {
            double exact = Math.Exp(x);
            Assert.Equal(1, PortableMath.Exp(x) / exact, 2e-13);
        }

        for (double x = -20; x <= 0; x += 0.0137)
        {
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 5e-15);
        }

        Assert.Equal(1, PortableMath.Exp(0));
    }

    [Fact]
    public void SinCosOfTurns_SeveralTurns_IsAccurate()
    {
        for (double turns = -3; turns < 3; turns += 0.00137)
        {
            (double sin, double cos) = PortableMath.SinCosOfTurns(turns);
            Assert.Equal(Math.Sin(turns * 2 * Math.PI), sin, 5e-15);
            Assert.Equal(Math.Cos(turns * 2 * Math.PI), cos, 5e-15);
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.25, 1, 0)]
    [InlineData(0.5, 0, -1)]
    [InlineData(0.75, -1, 0)]
    [InlineData(-0.25, -1, 0)]
    [InlineData(7.25, 1, 0)]
    public void SinCosOfTurns_QuarterTurns_IsExact(double turns, double sin, double cos)
        => Assert.Equal((sin, cos), PortableMath.SinCosOfTurns(turns));

    [Fact]
    public void AllFunctions_HaveTheSameBitsEverywhere()
    {
        // Recorded once; must hold on every operating system, processor and runtime.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new SeededRandom(1);
        byte[] bytes = new byte[sizeof(double)];
        for (int i = 0; i < 20_000; i++)
        {
            double x = random.NextDouble();
            (double sin, double cos) = PortableMath.SinCosOfTurns((x * 4) - 2);
            foreach (double value in new[] { PortableMath.Log(x + 1e-9), PortableMath.Exp(-30 * x), sin, cos })
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                hash.AppendData(bytes);
            }
        }

        Assert.Equal("B2F62368ACDFA45561D71C41C2D415FF98DD4C7B11DAFFF85CDABBAC70532126", Convert.ToHexString(hash.GetHashAndReset()));
    }
}
