using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Networks;

/// <summary>Damaged model files either load or end in <see cref="ModelFormatException"/>, and never take much memory.</summary>
public sealed class ModelFuzzTests
{
    private const int MostBytes = 4 << 20;

    public static TheoryData<string> Models => ["single", "pair"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_EveryTruncation_IsRefused(string name)
    {
        byte[] bytes = File(name);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(Loads(bytes[..length]), $"The first {length} of {bytes.Length} bytes loaded.");
        }

        Assert.True(Loads(bytes));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_RandomByteChanged_LoadsOrIsRefused(string name)
    {
        byte[] bytes = File(name);
        int headerEnd = bytes.Length - Weights(name);
        var random = new SeededRandom(20);
        int refused = 0;
        for (int i = 0; i < 2_000; i++)
        {
            // Every second change hits header or definition, where most can go wrong, and every second is one of readable text.
            int position = random.Next(i % 2 == 0 ? bytes.Length : headerEnd);
            byte old = bytes[position];
            bytes[position] = i % 4 < 2 ? (byte)(old + random.Next(1, 256)) : (byte)random.Next(' ', '~');
            refused += Loads(bytes) ? 0 : 1;
            bytes[position] = old;
        }

        Assert.InRange(refused, 400, 1_990);
    }

    [Fact]
    public void Load_BytesRemovedDoubledOrMixed_LoadsOrIsRefused()
    {
        byte[] bytes = File("pair");
        var random = new SeededRandom(21);
        for (int i = 0; i < 1_000; i++)
        {
            int first = random.Next(bytes.Length), length = random.Next(1, 20);
            byte[] changed = (i % 3) switch
            {
                0 => [.. bytes[..first], .. bytes[Math.Min(first + length, bytes.Length)..]],
                1 => [.. bytes[..first], .. bytes[first..Math.Min(first + length, bytes.Length)], .. bytes[first..]],
                _ => [.. bytes[..first], .. bytes[..length], .. bytes[Math.Min(first + length, bytes.Length)..]],
            };
            Loads(changed);
        }
    }

    private static byte[] File(string name)
    {
        using var stream = new MemoryStream();
        Create(name).Save(stream, WeightPrecision.Float16);
        return stream.ToArray();
    }

    private static int Weights(string name) => (int)(2 * Create(name).Network.ParameterCount);

    private static Model Create(string name)
    {
        if (name == "single")
        {
            return ModelTests.Small();
        }

        var options = new UNetOptions { ImageChannels = 1, Channels = [1, 2] };
        return new Model(UNet.CreateEncoder(options), UNet.CreateDecoder(options), NetworkWeights.Initialize(UNet.Create(options), new SeededRandom(1)), new ModelInfo { Name = "pair", Task = RestorationTask.Denoise });
    }

    /// <summary>Whether the bytes load; any other exception than the documented one fails the test, and so does a model that cannot be used or saved.</summary>
    private static bool Loads(byte[] bytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Model model = Model.Load(new MemoryStream(bytes));
            Assert.True(model.Network.MacsPerPixel >= 0);
            Assert.NotNull(model.Network.ReceptiveField.ToString());
            model.Save(new MemoryStream());
            return true;
        }
        catch (ModelFormatException e)
        {
            Assert.NotEmpty(e.Message);
            return false;
        }
        finally
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytes, $"{allocated} bytes were allocated for a file of {bytes.Length}.");
        }
    }
}
