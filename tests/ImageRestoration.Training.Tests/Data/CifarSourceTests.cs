using ImageRestoration.Data;
using ImageRestoration.Degradation;

namespace ImageRestoration.Tests.Data;

public sealed class CifarSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerestoration-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task LoadCifar10_TrainingFiles_GivesPicturesAndLabelsInOrder()
    {
        for (int file = 1; file <= 5; file++)
        {
            Write($"data_batch_{file}.bin", count: file, labelBytes: 1, labels: 10, offset: file);
        }

        CifarSource source = await CifarSource.LoadCifar10Async(_folder.FullName);
        Assert.Equal((15, 3, 10), (source.Count, source.Channels, source.ClassCount));
        Assert.Equal((32, 32), source.SizeOf(14));
        Assert.EndsWith("data_batch_1.bin#0", source.NameOf(0), StringComparison.Ordinal);
        Assert.EndsWith("data_batch_5.bin#4", source.NameOf(14), StringComparison.Ordinal);

        // Picture 5 is the third of file 3.
        Assert.Equal((3 + 2) % 10, source.LabelOf(5));
        float[] values = new float[3 * 2 * 4];
        source.Read(5, top: 6, left: 28, height: 2, width: 4, values);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(Sample(3 + 2, (i / 8 * 1024) + ((6 + (i / 4 % 2)) * 32) + 28 + (i % 4)) / 255f, values[i]);
        }
    }

    [Fact]
    public async Task LoadCifar10_TestFile_FeedsTheSampler()
    {
        Write("test_batch.bin", count: 7, labelBytes: 1, labels: 10, offset: 0);
        CifarSource source = await CifarSource.LoadCifar10Async(_folder.FullName, CifarSplit.Test);
        var sampler = new PatchSampler(source, new GaussianNoise(25), new PatchSamplerOptions { BatchSize = 4, PatchSizes = [new PatchSize(0, 32)] });
        using TrainingBatch batch = sampler.Create(0);
        Assert.Equal(4, batch.Labels!.Count);
        Assert.Equal(batch.Sources.Select(name => name[^1] - '0'), batch.Labels);
    }

    [Theory]
    [InlineData(false, 100)]
    [InlineData(true, 20)]
    public async Task LoadCifar100_EitherLabel_IsReadFromItsByte(bool coarse, int classes)
    {
        Write("train.bin", count: 30, labelBytes: 2, labels: 20, offset: 0);
        CifarSource source = await CifarSource.LoadCifar100Async(_folder.FullName, coarse: coarse);
        Assert.Equal((30, classes), (source.Count, source.ClassCount));
        Assert.Equal(coarse ? 29 % 20 : 1 + (29 % 20), source.LabelOf(29));
        float[] values = new float[3072];
        source.Read(29, 0, 0, 32, 32, values);
        Assert.Equal(Sample(29, 3071) / 255f, values[3071]);
    }

    [Fact]
    public async Task LoadCifar10_MissingFile_NamesItAndTheRemedy()
    {
        var error = await Assert.ThrowsAsync<TrainingException>(() => CifarSource.LoadCifar10Async(_folder.FullName));
        Assert.Contains("data_batch_1.bin", error.Message, StringComparison.Ordinal);
        Assert.Contains("binary version", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3073 - 1)]
    [InlineData(3073 + 1)]
    [InlineData(0)]
    public async Task LoadCifar10_OtherLength_SaysWhatIsExpected(int length)
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "test_batch.bin"), new byte[length]);
        var error = await Assert.ThrowsAsync<TrainingException>(() => CifarSource.LoadCifar10Async(_folder.FullName, CifarSplit.Test));
        Assert.Contains($"{length} bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("3073", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadCifar10_LabelOutOfRange_NamesTheRecord()
    {
        byte[] contents = new byte[3 * 3073];
        contents[2 * 3073] = 10;
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "test_batch.bin"), contents);
        var error = await Assert.ThrowsAsync<TrainingException>(() => CifarSource.LoadCifar10Async(_folder.FullName, CifarSplit.Test));
        Assert.Contains("label 10 in record 2", error.Message, StringComparison.Ordinal);
    }

    private static byte Sample(int picture, int position) => (byte)((picture * 31) + (position * 7));

    /// <summary>Record i has label (offset + i) modulo labels, plus 1 in the second label byte.</summary>
    private void Write(string name, int count, int labelBytes, int labels, int offset)
    {
        var contents = new List<byte>();
        for (int i = offset; i < offset + count; i++)
        {
            contents.AddRange(Enumerable.Range(0, labelBytes).Select(n => (byte)((i % labels) + n)));
            contents.AddRange(Enumerable.Range(0, 3072).Select(position => Sample(i, position)));
        }

        File.WriteAllBytes(Path.Combine(_folder.FullName, name), [.. contents]);
    }
}
