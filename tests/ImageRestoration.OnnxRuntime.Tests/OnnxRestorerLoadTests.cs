using Google.Protobuf;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime.Protos;
using ImageRestoration.Restoration;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime.Tests;

public sealed class OnnxRestorerLoadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx-restorer-load-tests");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Load_ExportedFile_IsTheModelAgain()
    {
        Model model = TestData.UNetModel();
        string path = Path.Combine(_folder.FullName, "model.onnx");
        OnnxExporter.Export(model, path);
        using var memory = new OnnxRestorer(model);
        using OnnxRestorer file = OnnxRestorer.Load(path);
        using ImageTensor image = TestData.Picture(new ImageShape(2, 3, 9, 10));

        using RestorationResult expected = await memory.RestoreAsync(new RestorationRequest(image));
        using RestorationResult actual = await file.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(memory.Info, file.Info);
        Assert.Equal(memory.SizeMultiple, file.SizeMultiple);
        Assert.Equal(expected.Image.Span, actual.Image.Span);
    }

    [Fact]
    public void Load_ExportedInpainting_TakesAMask()
    {
        string path = Path.Combine(_folder.FullName, "inpainting.onnx");
        OnnxExporter.Export(TestData.InpaintingModel(), path);

        using OnnxRestorer restorer = OnnxRestorer.Load(path);

        using var memory = new OnnxRestorer(TestData.InpaintingModel());
        Assert.Equal(("inpainting", RestorationTask.Inpaint, 3, true, "OnnxRuntime", "cpu"), (restorer.Info.Name, restorer.Info.Task, restorer.Info.Channels, restorer.Info.TakesMask, restorer.Info.Backend, restorer.Info.Device));
        Assert.Equal(memory.Info, restorer.Info);
        Assert.Equal(new Size2d(2, 2), restorer.SizeMultiple);
    }

    [Fact]
    public void Load_PreparationOfTheInput_IsTheModels()
    {
        Model plain = TestData.InpaintingModel();
        var model = new Model(plain.Network, plain.Weights, plain.Info with { Fill = InitialFill.Harmonic, NormalizesExposure = true });
        string path = Path.Combine(_folder.FullName, "prepared.onnx");
        OnnxExporter.Export(model, path);

        using OnnxRestorer restorer = OnnxRestorer.Load(path);

        Assert.Equal((InitialFill.Harmonic, true), (restorer.Info.Fill, restorer.Info.NormalizesExposure));
    }

    [Fact]
    public async Task Load_FileOfTheUsersOwn_RunsWithTheTaskGiven()
    {
        Model model = TestData.UNetModel();
        string path = Path.Combine(_folder.FullName, "own.onnx");
        OnnxExporter.Export(model.Network, model.Weights, path);

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path));
        Assert.Contains("RestorationTask.Denoise", exception.Message, StringComparison.Ordinal);

        using OnnxRestorer own = OnnxRestorer.Load(path, RestorationTask.Deblock, sizeMultiple: 4);
        using var memory = new OnnxRestorer(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 9, 10));
        using RestorationResult expected = await memory.RestoreAsync(new RestorationRequest(image));
        using RestorationResult actual = await own.RestoreAsync(new RestorationRequest(image));

        Assert.Equal(new RestorerInfo("own", RestorationTask.Deblock, 3, TakesMask: false, "OnnxRuntime", "cpu") { SizeMultiple = 4 }, own.Info);
        Assert.Equal(expected.Image.Span, actual.Image.Span);
    }

    [Fact]
    public async Task Restore_SizesThatTheNetworkCannotTake_WrapsTheNativeError()
    {
        Model model = TestData.UNetModel();
        string path = Path.Combine(_folder.FullName, "own.onnx");
        OnnxExporter.Export(model.Network, model.Weights, path);

        // The multiple is 4 in truth.
        using OnnxRestorer own = OnnxRestorer.Load(path, RestorationTask.Denoise, sizeMultiple: 1);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 9, 10));

        var exception = await Assert.ThrowsAsync<BackendException>(() => own.RestoreAsync(new RestorationRequest(image)));

        Assert.IsType<OnnxRuntimeException>(exception.InnerException);
        Assert.Contains("own.onnx", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Encoder_IsRefused()
    {
        string path = Path.Combine(_folder.FullName, "encoder.onnx");
        OnnxExporter.Export(TestData.UNetModel(), path, new OnnxExportOptions { Part = OnnxModelPart.Encoder });

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path));

        Assert.Contains("encoder", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void Load_TruncatedFile_SaysSo(double share)
    {
        byte[] onnx = OnnxExporter.ExportToBytes(TestData.UNetModel(), new OnnxExportOptions { VerifyParity = false });
        string path = Path.Combine(_folder.FullName, "truncated.onnx");
        File.WriteAllBytes(path, onnx[..(int)(onnx.Length * share)]);

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Garbage_SaysSo()
    {
        string path = Path.Combine(_folder.FullName, "garbage.onnx");
        var bytes = new byte[5000];
        new Random(4).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path, RestorationTask.Denoise));

        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
        Assert.IsType<OnnxRuntimeException>(exception.InnerException);
    }

    [Fact]
    public void Load_MissingFile_Throws()
        => Assert.Throws<FileNotFoundException>(() => OnnxRestorer.Load(Path.Combine(_folder.FullName, "none.onnx")));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 64)]
    [InlineData(3, 64)]
    public void Load_FileOfFixedSize_SaysWhatToDo(int axis, int extent)
    {
        string path = WriteEdited(file => file.Graph.Input[0].Type.TensorType.Shape.Dim[axis] = new TensorShapeProto.Types.Dimension { DimValue = extent });

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path, RestorationTask.Denoise));

        Assert.Contains("height and width open", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileOfOpenChannels_SaysWhatToDo()
    {
        string path = WriteEdited(file => file.Graph.Input[0].Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimParam = "channels" });

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path, RestorationTask.Denoise));

        Assert.Contains("fixed number of channels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FileOfOnePicture_TakesBatchesOneByOne()
    {
        string path = WriteEdited(file =>
        {
            file.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
            file.Graph.Output[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimValue = 1 };
        });
        using OnnxRestorer single = OnnxRestorer.Load(path, RestorationTask.Denoise, sizeMultiple: 4);
        using var whole = new OnnxRestorer(TestData.UNetModel());
        using ImageTensor image = TestData.Picture(new ImageShape(3, 3, 9, 10));

        using RestorationResult expected = await whole.RestoreAsync(new RestorationRequest(image));
        using RestorationResult actual = await single.RestoreAsync(new RestorationRequest(image));

        TestData.AssertClose(expected.Image, actual.Image, 1e-6);
    }

    [Theory]
    [InlineData("info", "{")]
    [InlineData("info", "[]")]
    [InlineData("info", "{\"name\": 3, \"task\": \"denoise\"}")]
    [InlineData("size_multiple", "0,8")]
    [InlineData("size_multiple", "8")]
    [InlineData("size_multiple", "8,99999999999")]
    [InlineData("part", "half")]
    [InlineData("tile_halo", "1,2,3")]
    [InlineData("tile_halo", "1,2,3,-4")]
    [InlineData("tile_halo", "1,2,3,99999999")]
    [InlineData("values_per_pixel", "0")]
    [InlineData("values_per_pixel", "NaN")]
    [InlineData("values_per_pixel", "many")]
    public void Load_DamagedMetadata_SaysSo(string key, string value)
    {
        string path = WriteEdited(file => file.MetadataProps.Single(p => p.Key == key).Value = value);

        var exception = Assert.Throws<ModelFormatException>(() => OnnxRestorer.Load(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileOfAnOlderVersion_DoesNotSayHowFarItLooks()
    {
        string path = WriteEdited(file =>
        {
            foreach (string key in new[] { "tile_halo", "values_per_pixel" })
            {
                file.MetadataProps.Remove(file.MetadataProps.Single(p => p.Key == key));
            }
        });

        using OnnxRestorer restorer = OnnxRestorer.Load(path);

        Assert.Equal((null, null), (restorer.Info.TileHalo, restorer.Info.ValuesPerPixel));
        Assert.Equal(new Size2d(4, 4), restorer.Info.SizeMultiple);
    }

    [Fact]
    public void Load_FileOfANetworkThatLooksEverywhere_SaysSo()
    {
        string path = WriteEdited(file => file.MetadataProps.Single(p => p.Key == "tile_halo").Value = "global");

        using OnnxRestorer restorer = OnnxRestorer.Load(path);

        Assert.True(restorer.Info.TileHalo!.Value.IsGlobal);
    }

    private string WriteEdited(Action<ModelProto> edit)
    {
        ModelProto file = ModelProto.Parser.ParseFrom(OnnxExporter.ExportToBytes(TestData.UNetModel(), new OnnxExportOptions { VerifyParity = false }));
        edit(file);
        string path = Path.Combine(_folder.FullName, "edited.onnx");
        File.WriteAllBytes(path, file.ToByteArray());
        return path;
    }
}
