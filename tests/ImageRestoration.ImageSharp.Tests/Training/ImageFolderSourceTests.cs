using ImageRestoration.Data;
using ImageRestoration.Degradation;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using SixLabors.ImageSharp;

namespace ImageRestoration.Tests.Training;

public sealed class ImageFolderSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_EveryFormatAndDepth_GivesTheFilesValues()
    {
        using ImageTensor shallow = TestPictures.Random(1, 3, 6, 5);
        using ImageTensor deep = TestPictures.Random(2, 3, 6, 5, maximum: 65535);
        await ImageFile.SaveAsync(shallow, _folder["a.png"]);
        await ImageFile.SaveAsync(deep, _folder["b.png"], new ImageSaveOptions { BitsPerChannel = 16 });
        await ImageFile.SaveAsync(deep, _folder["c.tiff"], new ImageSaveOptions { BitsPerChannel = 16 });
        await ImageFile.SaveAsync(shallow, _folder["d.webp"]);
        using Image transparent = RandomImages.Create("rgba8", 5, 6, 3);
        await transparent.SaveAsync(_folder["e.png"]);
        await File.WriteAllTextAsync(_folder["f.png"], "no picture");
        ImageFolderSource source = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles(_folder.FullPath), new ImageSharpCodec());

        Assert.Equal(["a.png", "b.png", "c.tiff", "d.webp", "e.png"], Enumerable.Range(0, source.Count).Select(i => Path.GetFileName(source.NameOf(i))));
        Assert.Contains("f.png", Assert.Single(source.Skipped), StringComparison.Ordinal);
        using ImageTensor colors = transparent.ToImageTensor(out ImageTensor? alpha);
        alpha?.Dispose();
        ImageTensor[] expected = [shallow, deep, deep, shallow, colors];
        float[] patch = new float[3 * 4 * 3];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((6, 5), source.SizeOf(i));
            source.Read(i, top: 1, left: 2, height: 4, width: 3, patch);
            for (int j = 0; j < patch.Length; j++)
            {
                Assert.Equal(expected[i].Row(0, j / 12, 1 + (j % 12 / 3))[2 + (j % 3)], patch[j]);
            }
        }
    }

    [Fact]
    public async Task Load_GreyChannels_RefusesColorAlone()
    {
        using ImageTensor grey = TestPictures.Random(1, 1, 6, 5);
        using ImageTensor color = TestPictures.Random(1, 3, 6, 5);
        await ImageFile.SaveAsync(grey, _folder["grey.jpg"]);
        await ImageFile.SaveAsync(color, _folder["color.png"]);
        ImageFolderSource source = await ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles(_folder.FullPath), new ImageSharpCodec(), new ImageFolderOptions { Channels = 1 });

        Assert.Equal(1, source.Count);
        Assert.Contains("in colour", Assert.Single(source.Skipped), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    public async Task Load_ConvertToGrey_GivesLuminanceOfColourAndGreyAsItIs(long? cacheBytes)
    {
        using ImageTensor grey = TestPictures.Random(1, 1, 6, 5), color = TestPictures.Random(1, 3, 6, 5);
        await ImageFile.SaveAsync(grey, _folder["a.png"]);
        await ImageFile.SaveAsync(color, _folder["b.png"]);
        ImageFolderSource source = await LoadAsync(new ImageFolderOptions { Channels = 1, ConvertToGrey = true, CacheBytes = cacheBytes });

        Assert.Empty(source.Skipped);
        float[] first = new float[30], second = new float[30];
        source.Read(0, 0, 0, 6, 5, first);
        source.Read(1, 0, 0, 6, 5, second);
        Assert.Equal(grey.Span.ToArray(), first);
        for (int i = 0; i < second.Length; i++)
        {
            double luminance = (0.299 * color.Plane(0, 0)[i]) + (0.587 * color.Plane(0, 1)[i]) + (0.114 * color.Plane(0, 2)[i]);
            Assert.Equal(luminance, second[i], 0.501 / 255);
        }
    }

    [Fact]
    public async Task Load_MixedFormatsWithTruncatedFiles_SkipsAndCountsThese()
    {
        using ImageTensor picture = TestPictures.Smooth(3, 40, 50);
        string[] names = ["a.png", "b.jpg", "c.webp", "d.tiff"];
        foreach (string name in names)
        {
            await ImageFile.SaveAsync(picture, _folder[name]);
            byte[] bytes = await File.ReadAllBytesAsync(_folder[name]);
            _folder.Write("truncated-" + name, bytes.AsSpan(0, bytes.Length * 2 / 3));
        }

        foreach (long? cache in new long?[] { null, 0 })
        {
            ImageFolderSource source = await LoadAsync(new ImageFolderOptions { CacheBytes = cache });
            Assert.Equal(names, Enumerable.Range(0, source.Count).Select(i => Path.GetFileName(source.NameOf(i))));
            Assert.Equal(cache is null, source.IsInMemory);
            Assert.Equal(4, source.Skipped.Length);
            Assert.All(source.Skipped.Zip(names), pair => Assert.Contains("truncated-" + pair.Second, pair.First, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Read_OnDemand_GivesTheSameBatchesWithinTheBound(int picturesInMemory)
    {
        const int pictureBytes = 3 * 24 * 20;
        for (int i = 0; i < 9; i++)
        {
            // One is grey and one has 16 bits: they take other amounts of memory.
            using ImageTensor picture = TestPictures.Random(i, i == 4 ? 1 : 3, 24, 20, maximum: i == 6 ? 65535 : 255);
            await ImageFile.SaveAsync(picture, _folder[$"{i}.png"], new ImageSaveOptions { BitsPerChannel = i == 6 ? 16 : 8 });
        }

        ImageFolderSource whole = await LoadAsync(), bounded = await LoadAsync(new ImageFolderOptions { CacheBytes = picturesInMemory * pictureBytes, Threads = 2 });
        Assert.True(whole.IsInMemory);
        Assert.False(bounded.IsInMemory);
        var options = new PatchSamplerOptions { BatchSize = 3, PatchSizes = [new PatchSize(0, 8)], PatchesPerImage = 2, Threads = 2, Seed = 4 };
        var expectedSampler = new PatchSampler(whole, new GaussianNoise(25), options);
        using var prefetcher = new BatchPrefetcher(new PatchSampler(bounded, new GaussianNoise(25), options), 0, 20);
        for (int step = 0; step < 20; step++)
        {
            using TrainingBatch expected = expectedSampler.Create(step), actual = prefetcher.Take();
            Assert.Equal(expected.Sources, actual.Sources);
            Assert.Equal(expected.Input.Span.ToArray(), actual.Input.Span.ToArray());
            Assert.Equal(expected.Target.Span.ToArray(), actual.Target.Span.ToArray());

            // The one used last stays whatever its size, and the largest takes two bytes a value.
            Assert.InRange(bounded.BytesInMemory, 1, (picturesInMemory + 2) * pictureBytes);
        }

        Assert.Equal(0, whole.DecodeCount);
        Assert.InRange(bounded.DecodeCount, 6, 20 * 3);
    }

    [Fact]
    public async Task Read_PictureInTheCache_IsNotDecodedAgain()
    {
        for (int i = 0; i < 6; i++)
        {
            using ImageTensor picture = TestPictures.Random(i, 1, 10, 10);
            await ImageFile.SaveAsync(picture, _folder[$"{i}.png"]);
        }

        // Of 500 bytes, three pictures of 100 stay and two come and go.
        ImageFolderSource source = await LoadAsync(new ImageFolderOptions { Channels = 1, CacheBytes = 500, Threads = 1 });
        long[] decoded = [.. new[] { 0, 1, 2, 3, 4, 3, 4, 5, 4, 3 }.Select(picture =>
        {
            source.Read(picture, 0, 0, 10, 10, new float[100]);
            return source.DecodeCount;
        })];
        Assert.Equal([0, 0, 0, 1, 2, 2, 2, 3, 3, 4], decoded);
        Assert.Equal(500, source.BytesInMemory);
    }

    [Fact]
    public async Task Read_SeveralThreads_DecodeAPictureOnce()
    {
        using ImageTensor picture = TestPictures.Smooth(3, 200, 200);
        await ImageFile.SaveAsync(picture, _folder["a.png"]);
        ImageFolderSource source = await LoadAsync(new ImageFolderOptions { CacheBytes = 0 });
        Parallel.For(0, 8, _ => source.Read(0, 0, 0, 200, 200, new float[3 * 200 * 200]));
        Assert.Equal(1, source.DecodeCount);
    }

    [Fact]
    public async Task Read_FileThatChangedOrWentAway_NamesItAndTheRemedy()
    {
        using ImageTensor picture = TestPictures.Random(1, 3, 10, 10), other = TestPictures.Random(1, 3, 10, 11);
        await ImageFile.SaveAsync(picture, _folder["a.png"]);
        await ImageFile.SaveAsync(picture, _folder["b.png"]);
        ImageFolderSource source = await LoadAsync(new ImageFolderOptions { CacheBytes = 0 });
        await ImageFile.SaveAsync(other, _folder["a.png"]);
        File.Delete(_folder["b.png"]);
        Assert.Contains("3×10×11", Assert.Throws<TrainingException>(() => source.Read(0, 0, 0, 4, 4, new float[48])).Message, StringComparison.Ordinal);
        var gone = Assert.Throws<TrainingException>(() => source.Read(1, 0, 0, 4, 4, new float[48]));
        Assert.Contains("b.png", gone.Message, StringComparison.Ordinal);
        Assert.Contains("Verify", gone.Message, StringComparison.Ordinal);
        await ImageFile.SaveAsync(picture, _folder["b.png"]);
        source.Read(1, 0, 0, 4, 4, new float[48]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Load_DamageInsideCompressedData_IsFoundByVerifying(bool verify)
    {
        using ImageTensor picture = TestPictures.Smooth(3, 40, 50);
        await ImageFile.SaveAsync(picture, _folder["a.png"]);
        await ImageFile.SaveAsync(picture, _folder["b.jpg"]);
        byte[] bytes = await File.ReadAllBytesAsync(_folder["b.jpg"]);

        // The first Huffman table (ITU-T T.81, section B.2.4.2) gets more codes than there can be.
        int table = bytes.AsSpan().IndexOf([(byte)0xFF, (byte)0xC4]);
        bytes.AsSpan(table + 5, 16).Fill(0xFF);
        _folder.Write("b.jpg", bytes);
        ImageFolderSource source = await LoadAsync(new ImageFolderOptions { CacheBytes = 0, Verify = verify });
        Assert.Equal(verify ? 1 : 2, source.Count);
        if (verify)
        {
            Assert.Contains("b.jpg", Assert.Single(source.Skipped), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("b.jpg", Assert.Throws<TrainingException>(() => source.Read(1, 0, 0, 4, 4, new float[48])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Load_OnDemand_ChecksSizeAndColourWithoutDecoding()
    {
        using ImageTensor grey = TestPictures.Random(1, 1, 12, 12), small = TestPictures.Random(1, 1, 12, 9), color = TestPictures.Random(1, 3, 12, 12);
        await ImageFile.SaveAsync(grey, _folder["a.png"]);
        await ImageFile.SaveAsync(small, _folder["b.png"]);
        await ImageFile.SaveAsync(color, _folder["c.png"]);
        await ImageFile.SaveAsync(grey, _folder["d.jpg"]);
        ImageFolderSource source = await LoadAsync(new ImageFolderOptions { CacheBytes = 0, Channels = 1, MinimumSize = 10, Threads = 1 });
        Assert.Equal(["a.png", "d.jpg"], Enumerable.Range(0, source.Count).Select(i => Path.GetFileName(source.NameOf(i))));
        Assert.Equal(2, source.Skipped.Length);
        Assert.Equal(0, source.DecodeCount);
    }

    [Fact]
    public async Task Load_InvalidOptions_ReportsAllErrorsTogether()
    {
        var options = new ImageFolderOptions { Channels = 2, MinimumSize = 0, CacheBytes = -1, Threads = 0 };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => ImageFolderSource.LoadAsync([], new ImageSharpCodec(), options));
        Assert.All(["Channels", "MinimumSize", "CacheBytes", "Threads"], name => Assert.Contains(name + " is", error.Message, StringComparison.Ordinal));
    }

    private Task<ImageFolderSource> LoadAsync(ImageFolderOptions? options = null) => ImageFolderSource.LoadAsync(ImageFolderSource.ListFiles(_folder.FullPath), new ImageSharpCodec(), options);
}
