using ImageRestoration.Tests.Conformance;

namespace ImageRestoration.OnnxRuntime.Tests;

/// <summary>Numbers in messages are written the same way in every culture.</summary>
public sealed class CultureTests
{
    [Fact]
    public void Constructor_WrongOptionsInEveryCulture_SayTheSame()
    {
        Cultures.AssertSameMessage<ArgumentException>(
            () => new OnnxRestorer(TestData.UNetModel(), new OnnxOptions { IntraOpThreads = -2, DeviceIndex = -3 }),
            "IntraOpThreads is -2 and");
        Cultures.AssertSameMessage<ArgumentException>(
            () => OnnxExporter.Export(TestData.UNetModel(), "never-written.onnx", new OnnxExportOptions { ParityTolerance = -0.5 }),
            "ParityTolerance is -0.5 and");
    }

    [Fact]
    public void ParityException_InEveryCulture_SaysTheSame()
        => Cultures.AssertSameMessage<ExportParityException>(() => throw new ExportParityException("image", "net", 0.5, 0.25, 1e-3), "0.5");
}
