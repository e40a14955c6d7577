using System.Collections.Immutable;
using ImageRestoration.IO;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Tests.Networks;

public sealed class ModelTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("models");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void SaveLoad_RandomNetworks_KeepsDefinitionAndBits()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            Network network = RandomNetworks.Create(seed, steps: 8);
            var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(seed)), Info());

            Model loaded = SaveAndLoad(model, WeightPrecision.Float32);

            Assert.Equal(model.DescribeAsJson(), loaded.DescribeAsJson());
            AssertSameNetwork(network, loaded.Network);
            foreach (ParameterSpec parameter in network.Parameters)
            {
                Assert.Equal(model.Weights[parameter.Name].Values.ToArray(), loaded.Weights[parameter.Name].Values.ToArray());
            }
        }
    }

    [Theory]
    [InlineData(InitialFill.Zero, false)]
    [InlineData(InitialFill.Harmonic, true)]
    public void SaveLoad_Preparation_IsKept(InitialFill fill, bool normalizesExposure)
    {
        Network network = UNet.Create(new UNetOptions { Channels = [2, 3] });
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), Info() with { Fill = fill, NormalizesExposure = normalizesExposure });

        Model loaded = SaveAndLoad(model, WeightPrecision.Float32);

        Assert.Equal((fill, normalizesExposure), (loaded.Info.Fill, loaded.Info.NormalizesExposure));
        RestorerInfo info = RestorerInfo.For(loaded, "Test", "cpu");
        Assert.Equal((fill, normalizesExposure), (info.Fill, info.NormalizesExposure));
    }

    [Fact]
    public void SaveLoad_Autoencoder_KeepsBothHalves()
    {
        var options = new UNetOptions { Channels = [2, 3, 4] };
        Network encoder = UNet.CreateEncoder(options), decoder = UNet.CreateDecoder(options);
        var model = new Model(encoder, decoder, NetworkWeights.Initialize(UNet.Create(options), new SeededRandom(1)), Info());

        Model loaded = SaveAndLoad(model, WeightPrecision.Float16);

        AssertSameNetwork(encoder, loaded.Encoder!);
        AssertSameNetwork(decoder, loaded.Decoder!);
        AssertSameNetwork(model.Network, loaded.Network);
        loaded.EncoderWeights.ThrowIfNotFor(loaded.Encoder!);
        loaded.DecoderWeights.ThrowIfNotFor(loaded.Decoder!);
        Assert.Equal(model.Weights["decoder.tail.weight"].Values.ToArray().Select(v => (float)(Half)v), loaded.DecoderWeights["tail.weight"].Values.ToArray());
    }

    [Fact]
    public void SaveLoad_AutoencoderWithVarianceAndClasses_KeepsOutputsAndConditions()
    {
        var options = new VariationalAutoencoderOptions { Channels = [2, 3, 4], LatentChannels = 3, Classes = 5 };
        var model = new Model(
            VariationalAutoencoder.CreateEncoder(options),
            VariationalAutoencoder.CreateDecoder(options),
            NetworkWeights.Initialize(VariationalAutoencoder.Create(options), new SeededRandom(1)),
            Info());

        Model loaded = SaveAndLoad(model, WeightPrecision.Float32);

        AssertSameNetwork(model.Network, loaded.Network);
        Assert.Equal(model.Network.Inputs.AsEnumerable(), loaded.Network.Inputs);
        Assert.Equal([("image", false), ("label", true)], loaded.Network.Inputs.Select(i => (i.Name, i.IsCondition)));
        Assert.Equal(["image", "logvar"], loaded.Network.Outputs.Select(o => o.Name));
        Assert.Equal(["latent", "logvar"], loaded.Encoder!.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void SaveLoad_Info_KeepsEverything()
    {
        Model loaded = SaveAndLoad(Small(), WeightPrecision.Float32);

        Assert.Equal(("small \"ü\"", RestorationTask.Deblock, "What it is.", "MIT"), (loaded.Info.Name, loaded.Info.Task, loaded.Info.Description, loaded.Info.License));
        Assert.Equal([new("steps", "100"), new("training", "a\nb")], loaded.Info.Provenance);
        Assert.Equal([new("PSNR", 31.234567890123)], loaded.Info.Scores);
    }

    /// <summary>Files of earlier versions name a range of values that nothing was ever done with.</summary>
    [Theory]
    [InlineData("\"fill\":\"mean\"")]
    [InlineData("\"fill\":\"mean\",\"value_range\":[0,1]")]
    public void Load_WithAndWithoutTheFormerRangeOfValues_IsUnderstood(string replacement)
    {
        Assert.DoesNotContain("value_range", Small().DescribeAsJson(), StringComparison.Ordinal);
        Assert.Equal(InitialFill.Mean, LoadEdited("\"license\":\"MIT\"", "\"license\":\"MIT\"," + replacement).Info.Fill);
    }

    [Fact]
    public void Save_Float16_HalvesTheFile()
    {
        using var full = new MemoryStream();
        using var half = new MemoryStream();
        Network network = DnCnn.Create(channels: 32, depth: 4);
        var model = new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), Info());
        model.Save(full);
        model.Save(half, WeightPrecision.Float16);

        Assert.InRange(full.Length - half.Length, (2 * network.ParameterCount) - 256, (2 * network.ParameterCount) + 256);
    }

    [Fact]
    public void Save_ThenLoadByPath_Works()
    {
        string path = Path.Combine(_folder.FullName, "new", "model.safetensors");

        Small().Save(path);

        Assert.Equal("small \"ü\"", Model.Load(path).Info.Name);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Save_ThatFailsMidway_KeepsTheOldFileAndLeavesNothing()
    {
        string path = Path.Combine(_folder.FullName, "model.safetensors");
        File.WriteAllText(path, "old");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => Small().Save(new FailingStream(stream, after: 1000))));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void Load_MissingFile_IsFileNotFound()
        => Assert.Throws<FileNotFoundException>(() => Model.Load(Path.Combine(_folder.FullName, "nothing")));

    [Fact]
    public void Load_DamagedFile_NamesThePath()
    {
        string path = Path.Combine(_folder.FullName, "damaged.safetensors");
        File.WriteAllText(path, "no model");

        string message = Assert.Throws<ModelFormatException>(() => Model.Load(path)).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BareWeights_SaysHowToUseThem()
    {
        byte[] bytes = SafeTensorsBytes.Create("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4);

        Assert.Contains("SafeTensorsFile", Assert.Throws<ModelFormatException>(() => Model.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownKind_NamesLayerAndKindAndSaysToUpdate()
    {
        string message = Assert.Throws<ModelFormatException>(() => LoadEdited("\"kind\":\"ReLU\"", "\"kind\":\"Quantum\"")).Message;

        Assert.Contains("Layer 'relu1' is of kind 'Quantum'", message, StringComparison.Ordinal);
        Assert.Contains("Update ImageRestoration", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TooManyLayers_NamesTheLimit()
    {
        using var stream = new MemoryStream();
        Small().Save(stream);
        stream.Position = 0;

        Assert.Contains("MaximumLayerCount", Assert.Throws<ModelFormatException>(() => Model.Load(stream, new ModelLimits { MaximumLayerCount = 2 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"kernel_size\":[3,3]", "\"kernel_size\":[3]")]
    [InlineData("\"kernel_size\":[3,3]", "\"kernel_size\":[3,3e9]")]
    [InlineData("\"kernel_size\":[3,3]", "\"kernel_size\":[2147483647,2147483647]")]
    [InlineData("\"stride\":[1,1]", "\"stride\":[0,1]")]
    [InlineData("\"stride\":[1,1]", "\"stride\":[2147483647,1]")]
    [InlineData("\"padding\":[1,1]", "\"padding\":[2147483647,2147483647]")]
    [InlineData("\"dilation\":[1,1]", "\"dilation\":[2147483647,2147483647]")]
    [InlineData("\"groups\":1", "\"groups\":0")]
    [InlineData("\"groups\":1", "\"groups\":true")]
    [InlineData("\"in_channels\":1", "\"in_channels\":2147483647")]
    [InlineData("\"out_channels\":2", "\"out_channels\":2147483647")]
    [InlineData("\"bias\":true", "\"bias\":\"yes\"")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"PixelShuffle\",\"upscale_factor\":65536")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"PixelUnshuffle\",\"downscale_factor\":65536")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Upsample\",\"scale_factor\":2147483647,\"mode\":\"nearest\"")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Upsample\",\"scale_factor\":1,\"mode\":\"cubic\"")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"LeakyReLU\",\"negative_slope\":1e999")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Add\"")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Concat\"")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Div\",\"eps\":0")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Affine\",\"scale\":1e999,\"offset\":0")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"BatchNorm2d\",\"num_features\":2,\"eps\":-1,\"momentum\":0.1")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"GroupNorm\",\"num_groups\":0,\"num_channels\":2,\"eps\":0,\"affine\":false")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"ZeroPad2d\",\"padding\":[1,1,1]")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"ZeroPad2d\",\"padding\":[2147483647,2147483647,2147483647,2147483647]")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"ReflectionPad2d\",\"padding\":[-1,1,1,1]")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Slice\",\"start\":2147483647,\"count\":2147483647")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":\"Linear\",\"in_features\":2,\"out_features\":2147483647,\"bias\":true")]
    [InlineData("\"kind\":\"ReLU\"", "\"kind\":null")]
    [InlineData("\"inputs\":[\"conv0\"]", "\"inputs\":[]")]
    [InlineData("\"inputs\":[\"conv0\"]", "\"inputs\":[\"nothing\"]")]
    [InlineData("\"inputs\":[\"conv0\"]", "\"inputs\":[\"relu1\"]")]
    [InlineData("\"inputs\":[\"conv0\"]", "\"inputs\":[5]")]
    [InlineData("\"name\":\"relu1\"", "\"name\":\"conv0\"")]
    [InlineData("\"name\":\"relu1\"", "\"name\":\"\"")]
    [InlineData("\"channels\":1", "\"channels\":0")]
    [InlineData("\"downscale\":1", "\"downscale\":0")]
    [InlineData("\"downscale\":1", "\"downscale\":2147483647")]
    [InlineData("\"value\":\"add1\"", "\"value\":\"nothing\"")]
    [InlineData("\"outputs\":[", "\"outputs\":[7,")]
    [InlineData("\"layers\":[", "\"layerz\":[")]
    public void Load_WrongDefinition_EndsInModelFormatException(string old, string replacement)
        => Assert.Throws<ModelFormatException>(() => LoadEdited(old, replacement));

    [Theory]
    [InlineData("\"PSNR\":31.234567890123", "\"PSNR\":1e999")]
    [InlineData("\"task\":\"deblock\"", "\"task\":null")]
    [InlineData("\"license\":\"MIT\"", "\"licence\":\"MIT\"")]
    public void Load_WrongInfo_EndsInModelFormatException(string old, string replacement)
        => Assert.Throws<ModelFormatException>(() => LoadEdited(old, replacement));

    [Fact]
    public void Load_UnknownTask_IsOther()
        => Assert.Equal(RestorationTask.Other, LoadEdited("\"task\":\"deblock\"", "\"task\":\"colorize\"").Info.Task);

    [Fact]
    public void Create_WeightsOfAnotherNetwork_AreRefused()
        => Assert.Throws<ModelFormatException>(() => Small().WithWeights(new NetworkWeights([])));

    [Fact]
    public void Create_InfoThatCannotBeStored_ReportsAllErrors()
    {
        string message = Assert.Throws<ArgumentException>(() => Small().WithInfo(new ModelInfo
        {
            Name = " ",
            Task = RestorationTask.Denoise,
            Fill = (InitialFill)99,
            Scores = ImmutableSortedDictionary<string, double>.Empty.Add("PSNR", double.PositiveInfinity),
        })).Message;

        Assert.Contains("Name is empty", message, StringComparison.Ordinal);
        Assert.Contains("Fill 99", message, StringComparison.Ordinal);
        Assert.Contains("'PSNR'", message, StringComparison.Ordinal);
    }

    internal static Model Small()
    {
        Network network = DnCnn.Create(imageChannels: 1, depth: 2, channels: 2);
        return new Model(network, NetworkWeights.Initialize(network, new SeededRandom(1)), Info());
    }

    private static ModelInfo Info() => new()
    {
        Name = "small \"ü\"",
        Task = RestorationTask.Deblock,
        Description = "What it is.",
        License = "MIT",
        Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("training", "a\nb").Add("steps", "100"),
        Scores = ImmutableSortedDictionary<string, double>.Empty.Add("PSNR", 31.234567890123),
    };

    private static Model SaveAndLoad(Model model, WeightPrecision precision)
    {
        using var stream = new MemoryStream();
        model.Save(stream, precision);
        stream.Position = 0;
        return Model.Load(stream);
    }

    /// <summary>Loads a model whose definition or description was changed as text.</summary>
    private static Model LoadEdited(string old, string replacement)
    {
        using var stream = new MemoryStream();
        Small().Save(stream);
        stream.Position = 0;
        SafeTensorsFile file = SafeTensorsFile.Read(stream);
        Assert.Contains(file.Metadata.Values, v => v.Contains(old, StringComparison.Ordinal));
        var metadata = file.Metadata.ToDictionary(m => m.Key, m => m.Value.Replace(old, replacement, StringComparison.Ordinal));
        using var edited = new MemoryStream();
        new SafeTensorsFile(file.Tensors, metadata).Write(edited);
        edited.Position = 0;
        return Model.Load(edited);
    }

    private static void AssertSameNetwork(Network expected, Network actual)
    {
        Assert.Equal(expected.Name, actual.Name);
        Assert.Equal(expected.Inputs.ToArray(), actual.Inputs.ToArray());
        Assert.Equal(expected.Outputs.ToArray(), actual.Outputs.ToArray());
        Assert.Equal(expected.Layers.Select(Describe), actual.Layers.Select(Describe));
        Assert.Equal((expected.ParameterCount, expected.SizeMultiple, expected.ReceptiveField, expected.MacsPerPixel), (actual.ParameterCount, actual.SizeMultiple, actual.ReceptiveField, actual.MacsPerPixel));

        // Arrays in records compare by reference; their text is compared instead.
        static string Describe(Layer layer) => $"{layer.ToString().Replace("System.Collections.Immutable.ImmutableArray`1[System.String]", string.Join(',', layer.Inputs), StringComparison.Ordinal)} {string.Join(' ', layer.Parameters.Select(p => $"{p.Name}[{string.Join(',', p.Shape)}]"))}";
    }

    private sealed class FailingStream(Stream inner, int after) : Stream
    {
        private int _left = after;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            int possible = Math.Min(count, _left);
            inner.Write(buffer, offset, possible);
            _left -= possible;
            if (possible < count)
            {
                throw new IOException("The disk is full.");
            }
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
