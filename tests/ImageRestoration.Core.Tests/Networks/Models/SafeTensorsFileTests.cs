using System.Globalization;
using System.Text;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Networks;

public sealed class SafeTensorsFileTests
{
    [Fact]
    public void WriteRead_Float32_KeepsEveryBit()
    {
        float[] values = [0f, -0f, 1f, float.Epsilon, float.MaxValue, float.NaN, float.NegativeInfinity, 0.1f, BitConverter.Int32BitsToSingle(0x7FC12345)];
        SafeTensorsFile read = RoundTrip(File(("a", new WeightTensor([3, 3], values)), ("scalar", new WeightTensor([], [7]))), WeightPrecision.Float32);

        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Tensors["a"].Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal([3, 3], read.Tensors["a"].Shape.ToArray());
        Assert.Empty(read.Tensors["scalar"].Shape);
        Assert.Equal([7f], read.Tensors["scalar"].Values.ToArray());
    }

    [Fact]
    public void WriteRead_Float16_RoundsToNearest()
    {
        var random = new SeededRandom(1);
        float[] values = [.. Enumerable.Range(0, 3000).Select(_ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-6, 5)))];
        SafeTensorsFile read = RoundTrip(File(("a", new WeightTensor([3000], values))), WeightPrecision.Float16);

        Assert.Equal(values.Select(v => (float)(Half)v), read.Tensors["a"].Values.ToArray());
    }

    /// <summary>65,519 is rounded to half precision's largest number, 65,520 would be rounded to infinity, which no reader takes as a weight.</summary>
    [Theory]
    [InlineData(65_520f)]
    [InlineData(-70_000f)]
    [InlineData(float.NaN)]
    public void Write_WeightBeyondFloat16_IsRefusedBeforeAnythingIsWritten(float value)
    {
        using var stream = new MemoryStream();
        SafeTensorsFile file = File(("fits", new WeightTensor([1], new[] { 65_519f })), ("too.large", new WeightTensor([2], new[] { 1f, value })));
        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => file.Write(stream, WeightPrecision.Float16));
        Assert.Contains("'too.large'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(value.ToString(CultureInfo.InvariantCulture), exception.Message, StringComparison.Ordinal);
        Assert.Contains("Float32", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
        Assert.Equal(65_504f, RoundTrip(File(("fits", new WeightTensor([1], new[] { 65_519f }))), WeightPrecision.Float16).Tensors["fits"].Values.Span[0]);
    }

    [Fact]
    public void WriteRead_Metadata_KeepsAnyText()
    {
        var metadata = new Dictionary<string, string> { ["quote"] = "\"\\\n\u0001", ["ümlaut"] = "日本 😀", [""] = "" };
        using var stream = new MemoryStream();
        new SafeTensorsFile(new Dictionary<string, WeightTensor>(), metadata).Write(stream);
        stream.Position = 0;

        Assert.Equal(metadata.OrderBy(m => m.Key), SafeTensorsFile.Read(stream).Metadata.OrderBy(m => m.Key));
    }

    [Fact]
    public void Write_SameContents_GivesSameAlignedBytes()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        var a = new WeightTensor([2], [1, 2]);
        var b = new WeightTensor([1], [3]);
        File(("a", a), ("b", b)).Write(first);
        File(("b", b), ("a", a)).Write(second);

        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(0, BitConverter.ToInt64(first.ToArray()) % 8);
        Assert.Equal([1f, 2f, 3f], Enumerable.Range(0, 3).Select(i => BitConverter.ToSingle(first.ToArray(), (int)first.Length - 12 + (4 * i))));
    }

    [Fact]
    public void Read_BFloat16AndForeignOrder_AreUnderstood()
    {
        const string Header = """{"z":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"__metadata__":{"k":"v"},"a":{"data_offsets":[4,4],"shape":[0,5],"dtype":"F32"}}   """;
        byte[] bytes = SafeTensorsBytes.Create(Header, 4);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), (ushort)(BitConverter.SingleToUInt32Bits(1.5f) >> 16));
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 2), (ushort)(BitConverter.SingleToUInt32Bits(-2f) >> 16));

        SafeTensorsFile file = SafeTensorsFile.Read(new MemoryStream(bytes));

        Assert.Equal([1.5f, -2f], file.Tensors["z"].Values.ToArray());
        Assert.Equal(0, file.Tensors["a"].Values.Length);
        Assert.Equal("v", file.Metadata["k"]);
    }

    [Fact]
    public void Read_StepCounterOfBatchNorm_IsPassedOver()
    {
        byte[] bytes = SafeTensorsBytes.Create("""{"norm.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"norm.weight":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", dataBytes: 12);

        using var stream = new MemoryStream(bytes);
        Assert.Equal(["norm.weight"], SafeTensorsFile.Read(stream).Tensors.Keys);
    }

    [Theory]
    [InlineData("norm.count", "[]", 8)]
    [InlineData("norm.num_batches_tracked", "[2]", 16)]
    public void Read_OtherIntegers_AreRefused(string name, string shape, int size)
    {
        byte[] bytes = SafeTensorsBytes.Create($$$"""{"{{{name}}}":{"dtype":"I64","shape":{{{shape}}},"data_offsets":[0,{{{size}}}]}}""", size);

        using var stream = new MemoryStream(bytes);
        Assert.Contains("type I64", Assert.Throws<ModelFormatException>(() => SafeTensorsFile.Read(stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnseekableStreamInPieces_GivesTheSame()
    {
        float[] values = [.. Enumerable.Range(0, 700_000).Select(i => (float)i)];
        using var stream = new MemoryStream();
        File(("a", new WeightTensor([700_000], values))).Write(stream);

        Assert.Equal(values, SafeTensorsFile.Read(new SafeTensorsBytes.Unseekable(stream.ToArray())).Tensors["a"].Values.ToArray());
    }

    public static TheoryData<string, string, int> BadHeaders => new()
    {
        { "gap", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8 },
        { "overlap", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12 },
        { "same place", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "duplicate", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8 },
        { "trailing bytes", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5 },
        { "truncated", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3 },
        { "negative extent", """{"a":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""", 4 },
        { "extent beyond int", """{"a":{"dtype":"F32","shape":[4294967297],"data_offsets":[0,4]}}""", 4 },
        { "fractional extent", """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4 },
        { "overflowing shape", """{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]}}""", 4 },
        { "product that wraps", """{"a":{"dtype":"F32","shape":[1073741824,1073741824,16],"data_offsets":[0,0]}}""", 0 },
        { "more values than bytes", """{"a":{"dtype":"F32","shape":[536870911],"data_offsets":[0,4]}}""", 4 },
        { "huge but consistent", """{"a":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}""", 4 },
        { "end before begin", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,-4]}}""", 4 },
        { "end that wraps", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 4 },
        { "end beyond long", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775808]}}""", 4 },
        { "one offset", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4 },
        { "no offsets", """{"a":{"dtype":"F32","shape":[1]}}""", 4 },
        { "no type", """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "null type", """{"a":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "unknown type", """{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8 },
        { "shape is text", """{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}""", 4 },
        { "entry is a number", """{"a":1}""", 0 },
        { "metadata of numbers", """{"__metadata__":{"a":1}}""", 0 },
        { "metadata is text", """{"__metadata__":"x"}""", 0 },
        { "array", "[]", 0 },
        { "text", "\"abc\"", 0 },
        { "no JSON", "hello, world", 0 },
        { "empty", "  ", 0 },
        { "lone surrogate", """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4 },
        { "deep", new string('[', 100_000), 0 },
        { "deep entry", "{\"a\":" + new string('[', 200) + new string(']', 200) + "}", 0 },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void Read_BadHeader_EndsInModelFormatExceptionWithoutLargeMemory(string name, string header, int dataBytes)
    {
        byte[] bytes = SafeTensorsBytes.Create(header, dataBytes);
        foreach (Stream stream in new[] { new MemoryStream(bytes), new SafeTensorsBytes.Unseekable(bytes) })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            string message = Assert.Throws<ModelFormatException>(() => SafeTensorsFile.Read(stream)).Message;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.True(allocated < (8 << 20), $"{name}: {allocated} bytes were allocated for a file of {bytes.Length}.");
            Assert.Matches("damaged|convert|copy or download", message);
        }
    }

    [Fact]
    public void Read_InvalidUtf8_EndsInModelFormatException()
    {
        byte[] header = Encoding.Latin1.GetBytes("{\"__metadata__\":{\"a\":\"\xFF\xFE\"}}");

        Assert.Throws<ModelFormatException>(() => SafeTensorsFile.Read(new MemoryStream(SafeTensorsBytes.WithHeaderSize((ulong)header.Length, header))));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(16_777_216UL)]
    [InlineData(16_777_217UL)]
    [InlineData(0x8000_0000UL)]
    [InlineData(0x1_0000_0002UL)]
    [InlineData(ulong.MaxValue)]
    public void Read_HostileHeaderSize_TakesNoMemory(ulong size)
    {
        byte[] bytes = SafeTensorsBytes.WithHeaderSize(size, "{}"u8.ToArray());
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ModelFormatException>(() => SafeTensorsFile.Read(new MemoryStream(bytes)));
        Assert.Throws<ModelFormatException>(() => SafeTensorsFile.Read(new SafeTensorsBytes.Unseekable(bytes)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Read_OverLimits_SaysWhichToRaise()
    {
        using var stream = new MemoryStream();
        File(("a", new WeightTensor([1], [1])), ("b", new WeightTensor([1], [2]))).Write(stream);
        byte[] bytes = stream.ToArray();

        Assert.Contains("MaximumTensorCount", Assert.Throws<ModelFormatException>(() => Read(new ModelLimits { MaximumTensorCount = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains($"at most {bytes.Length - 1} bytes", Assert.Throws<ModelFormatException>(() => Read(new ModelLimits { MaximumFileSize = bytes.Length - 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("2 to 20", Assert.Throws<ModelFormatException>(() => Read(new ModelLimits { MaximumHeaderSize = 20 })).Message, StringComparison.Ordinal);
        Assert.Equal(2, Read(new ModelLimits { MaximumTensorCount = 2, MaximumFileSize = bytes.Length, MaximumHeaderSize = bytes.Length - 16 }).Tensors.Count);

        SafeTensorsFile Read(ModelLimits limits) => SafeTensorsFile.Read(new MemoryStream(bytes), limits);
    }

    private static SafeTensorsFile File(params (string Name, WeightTensor Tensor)[] tensors) => new(tensors.ToDictionary(t => t.Name, t => t.Tensor));

    private static SafeTensorsFile RoundTrip(SafeTensorsFile file, WeightPrecision precision)
    {
        using var stream = new MemoryStream();
        file.Write(stream, precision);
        stream.Position = 0;
        return SafeTensorsFile.Read(stream);
    }
}
