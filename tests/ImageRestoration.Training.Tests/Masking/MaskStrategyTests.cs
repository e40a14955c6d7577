using System.Security.Cryptography;
using ImageRestoration.Masking;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Masking;

/// <summary>What every strategy promises.</summary>
public sealed class MaskStrategyTests
{
    private static readonly Dictionary<string, string> Digests = new(StringComparer.Ordinal)
    {
        ["border"] = "09371CDFEE2D4714",
        ["border of fixed width"] = "A4D8DFC3BD6B3E5D",
        ["border that meets"] = "FF3533A50890223D",
        ["border in pixels"] = "42EDF873EDC37972",
        ["no border"] = "96EF23A8BA507E98",
        ["points"] = "7DDDCE9CD3CD775C",
        ["half of the points"] = "EB16F8CA4C3BA5D5",
        ["patches"] = "EF82D679FD45D233",
        ["any patches"] = "BF22BB9F03A199FF",
        ["regions"] = "5668ADF11456A615",
        ["one rectangle"] = "E5AE5F26854D371E",
        ["one ellipse"] = "BE2F75269CFC9C38",
        ["scratches"] = "2F1BFCEFF626881C",
        ["straight lines"] = "5663360812CFDD2B",
        ["one wide scratch"] = "53B7777A9F32206D",
        ["free form"] = "0AF5C37E3EDB5765",
        ["free form of a share"] = "34764C8B96620AEA",
        ["fixed"] = "A96FFCCC10E3D61A",
        ["choice"] = "211EAA14D6CBF29C",
        ["union"] = "39C8B9C8618C3213",
        ["intersection"] = "A08A9236EB47E1E9",
        ["inversion"] = "80E7CC7371D2153C",
        ["dilation"] = "B7F70AA938994FAD",
        ["erosion"] = "1EC71AFF214DC872",
        ["everything"] = "A065C6A62D0B3F26",
        ["nothing"] = "96EF23A8BA507E98",
        ["part of a larger one"] = "4950D5F7C91823D2",
    };

    public static TheoryData<string> Names => MaskStrategyCases.Names;

    [Fact]
    public void Cases_EveryPublicStrategy_IsAmongThem()
    {
        IEnumerable<Type> all = typeof(PointMaskStrategy).Assembly.GetExportedTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IMaskStrategy)));
        Assert.Empty(all.Except(MaskStrategyCases.Strategies.Select(strategy => strategy.GetType())));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_AnySize_MarksPixelsWithOnesAndZeros(string name)
    {
        IMaskStrategy strategy = MaskStrategyCases.Get(name);
        foreach ((int height, int width) in new[] { (1, 1), (1, 2), (1, 500), (500, 1), (2, 2), (7, 5), (33, 64), (101, 79) })
        {
            for (ulong seed = 0; seed < 10; seed++)
            {
                Mask mask = strategy.Create(height, width, new SeededRandom(seed));
                Assert.Equal((height, width), (mask.Height, mask.Width));
                Assert.Equal(-1, mask.Values.IndexOfAnyExcept((byte)0, (byte)1));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_ManySizesAndSeeds_KeepsToItsShare(string name)
    {
        IMaskStrategy strategy = MaskStrategyCases.Get(name);
        (double least, double most) = MaskStrategyCases.Share(name);
        foreach ((int height, int width) in new[] { (320, 480), (480, 320), (203, 701), (512, 512) })
        {
            double slack = MaskStrategyCases.Slack(name, height, width);
            for (ulong seed = 0; seed < 12; seed++)
            {
                double share = strategy.Create(height, width, new SeededRandom(seed)).MissingShare();
                Assert.InRange(share, least - slack, most + slack);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_Seeded_HasTheSamePixelsEverywhere(string name)
    {
        // Recorded once; must hold on every operating system, processor and runtime.
        IMaskStrategy strategy = MaskStrategyCases.Get(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (ulong seed = 0; seed < 40; seed++)
        {
            hash.AppendData(strategy.Create(61, 97, new SeededRandom(seed)).Values);
            hash.AppendData(strategy.Create(97, 61, new SeededRandom(seed)).Values);
        }

        Assert.Equal(Digests.GetValueOrDefault(name), Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_LargePicture_AllocatesLittleButMasks(string name)
    {
        IMaskStrategy strategy = MaskStrategyCases.Get(name);
        const int extent = 256;
        long least = long.MaxValue;
        for (ulong attempt = 0; attempt < 6; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            strategy.Create(extent, extent, new SeededRandom(attempt));
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Combinations make up to three masks; everything else is pooled. The least of several runs: a pool may have been trimmed.
        Assert.InRange(least, extent * extent, (3 * extent * extent) + 4096);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_WrongArguments_Throws(string name)
    {
        IMaskStrategy strategy = MaskStrategyCases.Get(name);
        Assert.Throws<ArgumentNullException>("random", () => strategy.Create(4, 4, null!));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => strategy.Create(0, 4, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => strategy.Create(4, -1, new SeededRandom(1)));
    }
}
