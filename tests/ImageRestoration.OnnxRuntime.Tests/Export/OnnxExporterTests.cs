using System.Collections.Immutable;
using System.Text.Json;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime.Tests.Export;

public sealed class OnnxExporterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx-exporter-tests");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Export_Model_MetadataTellsAllAboutIt()
    {
        Model model = TestData.UNetModel();
        string path = Path.Combine(_folder.FullName, "model.onnx");

        OnnxExporter.Export(model, path);

        using var session = new InferenceSession(path);
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("image-restoration-onnx-1", metadata["format"]);
        Assert.Equal("whole", metadata["part"]);
        Assert.Equal("4,4", metadata["size_multiple"]);
        ReceptiveField halo = model.Network.TileHalo;
        Assert.Equal($"{halo.Top},{halo.Bottom},{halo.Left},{halo.Right}", metadata["tile_halo"]);
        Assert.Equal(model.Network.ValuesPerPixel, double.Parse(metadata["values_per_pixel"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(model.DescribeAsJson(), metadata["info"]);
        Assert.Equal(model.DescribeNetworkAsJson(), metadata["network"]);
        using JsonDocument network = JsonDocument.Parse(metadata["network"]);
        Assert.Equal(model.Encoder!.Layers.Length, network.RootElement.GetProperty("encoder").GetProperty("layers").GetArrayLength());
        Assert.Equal("ImageRestoration", session.ModelMetadata.ProducerName);
        Assert.Equal("A test's network.", session.ModelMetadata.Description);
        Assert.Equal(["model.onnx"], _folder.GetFiles().Select(f => f.Name));
    }

    [Fact]
    public void Export_Model_LeavesBatchHeightAndWidthOpen()
    {
        byte[] onnx = OnnxExporter.ExportToBytes(TestData.UNetModel(), new OnnxExportOptions { Part = OnnxModelPart.Encoder });

        using var session = new InferenceSession(onnx);
        Assert.Equal(["image"], session.InputNames);
        Assert.Equal(["image_out", "skip0", "skip1", "bottleneck"], session.OutputNames);
        Assert.Equal([-1, 3, -1, -1], session.InputMetadata["image"].Dimensions);
        Assert.Equal(["batch", "", "height", "width"], session.InputMetadata["image"].SymbolicDimensions);
        Assert.Equal([-1, 8, -1, -1], session.OutputMetadata["bottleneck"].Dimensions);
        Assert.Equal(["batch", "", "height/4", "width/4"], session.OutputMetadata["bottleneck"].SymbolicDimensions);
    }

    [Fact]
    public void Export_Decoder_TakesTheLatentByName()
    {
        byte[] onnx = OnnxExporter.ExportToBytes(TestData.UNetModel(), new OnnxExportOptions { Part = OnnxModelPart.Decoder });

        using var session = new InferenceSession(onnx);
        Assert.Equal(["image", "skip0", "skip1", "bottleneck"], session.InputNames);
        Assert.Equal(["batch", "", "height/2", "width/2"], session.InputMetadata["skip1"].SymbolicDimensions);
    }

    [Fact]
    public void Export_TwoOutputsOfOneLayerAndOutputThatIsInput_AreCopies()
    {
        var builder = new NetworkBuilder("copies");
        NetworkValue image = builder.Input("image", 1);
        NetworkValue layer = image.Conv2d(2, 1, name: "image_out");
        builder.Output("first", layer).Output("second", layer).Output("image", image).Output("unchanged", image);
        Network network = builder.Build();
        byte[] onnx = OnnxExporter.ExportToBytes(network, NetworkWeights.Initialize(network, new Random(1)));
        using ImageTensor picture = TestData.Picture(ImageShape.Single(1, 5, 6));

        List<(string Name, ImageTensor Value)> outputs = TestData.RunOnnx(onnx, ("image", picture));

        Assert.Equal(["first", "second", "image_out", "unchanged"], outputs.Select(o => o.Name));
        Assert.Equal(outputs[0].Value.Span, outputs[1].Value.Span);
        Assert.Equal(picture.Span, outputs[2].Value.Span);
        Assert.Equal(picture.Span, outputs[3].Value.Span);
    }

    [Fact]
    public void Export_UnknownLayer_IsRefusedByName()
    {
        var builder = new NetworkBuilder("unknown");
        builder.Output("image", builder.Append(new MirrorLayer("mirror1", builder.Input("image", 3).ReLU().Name)));
        Network network = builder.Build();
        string path = Path.Combine(_folder.FullName, "unknown.onnx");

        var exception = Assert.Throws<UnsupportedLayerException>(() => OnnxExporter.Export(network, new NetworkWeights([]), path));

        Assert.Equal("mirror1", exception.LayerName);
        Assert.Equal("OnnxRuntime", exception.Backend);
        Assert.Contains("'mirror1' (kind Mirror)", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Export_DifferenceAboveTolerance_ThrowsAndLeavesOldFile()
    {
        string path = Path.Combine(_folder.FullName, "model.onnx");
        File.WriteAllText(path, "old");

        // No float32 result is equal to a float64 one to 15 digits.
        var exception = Assert.Throws<ExportParityException>(() => OnnxExporter.Export(TestData.UNetModel(), path, new OnnxExportOptions { ParityTolerance = 1e-15 }));

        Assert.True(exception.LargestDifference > 0);
        Assert.InRange(exception.RelativeDifference, 1e-15, 1e-4);
        Assert.Equal("image", exception.OutputName);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Export_OtherWeightsThanNetwork_Throws()
    {
        Network network = DnCnn.Create(depth: 3, channels: 4);
        NetworkWeights others = NetworkWeights.Initialize(DnCnn.Create(depth: 3, channels: 5), new Random(1));

        Assert.Throws<ModelFormatException>(() => OnnxExporter.ExportToBytes(network, others));
    }

    [Fact]
    public void Export_MoreThan2GiB_ThrowsBeforeBuilding()
    {
        var builder = new NetworkBuilder("huge");
        builder.Output("image", builder.Input("image", 30_000).Conv2d(30_000, 1));

        var exception = Assert.Throws<ModelFormatException>(() => OnnxExporter.ExportToBytes(builder.Build(), new NetworkWeights([])));

        Assert.Contains("huge", exception.Message, StringComparison.Ordinal);
        Assert.Contains("1983 MiB", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_Cancelled_WritesNothing()
    {
        Assert.Throws<OperationCanceledException>(() => OnnxExporter.Export(TestData.UNetModel(), Path.Combine(_folder.FullName, "model.onnx"), cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Export_EncoderOfSingleNetwork_Throws()
    {
        Model model = TestData.ModelOf(DnCnn.Create(depth: 3, channels: 4));

        var exception = Assert.Throws<ArgumentException>(() => OnnxExporter.ExportToBytes(model, new OnnxExportOptions { Part = OnnxModelPart.Encoder }));

        Assert.Contains("dncnn", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_SeveralErrors_AreReportedTogether()
    {
        var options = new OnnxExportOptions { Part = (OnnxModelPart)9, ParityTolerance = -1 };

        var exception = Assert.Throws<ArgumentException>(() => OnnxExporter.ExportToBytes(TestData.UNetModel(), options));

        Assert.Contains("Part is 9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ParityTolerance is -1", exception.Message, StringComparison.Ordinal);
    }

    private sealed record MirrorLayer(string LayerName, string Source) : Layer(LayerName, [Source])
    {
        public override string Kind => "Mirror";

        public override int InferChannels(ImmutableArray<int> inputChannels) => inputChannels[0];

        internal override void WriteSettings(System.Text.Json.Utf8JsonWriter writer)
        {
            // There are none.
        }
    }
}
