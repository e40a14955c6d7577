using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Networks;
using ImageRestoration.Restoration;

namespace ImageRestoration.OnnxRuntime.Tests.Sessions;

/// <summary>What holds on a device with CUDA; skipped where there is none.</summary>
[Trait("Device", "Cuda")]
public sealed class CudaTests
{
    public static TheoryData<OnnxExecutionProvider, OnnxPrecision, double> Providers() => new()
    {
        { OnnxExecutionProvider.Cuda, OnnxPrecision.Float32, 1e-4 },
        { OnnxExecutionProvider.Cuda, OnnxPrecision.Float16, 1e-2 },
        { OnnxExecutionProvider.TensorRt, OnnxPrecision.Float32, 1e-3 },
        { OnnxExecutionProvider.TensorRt, OnnxPrecision.Float16, 1e-2 },
    };

    [SkippableTheory]
    [MemberData(nameof(Providers))]
    public async Task Restore_OnTheDevice_EqualsTheProcessor(OnnxExecutionProvider provider, OnnxPrecision precision, double tolerance)
    {
        OnnxOptions options = Options(provider) with { Precision = precision };
        Model model = TestData.UNetModel();
        using var cpu = new OnnxRestorer(model);
        using var device = new OnnxRestorer(model, options);
        using ImageTensor image = TestData.Picture(new ImageShape(2, 3, 61, 90));
        var unclamped = new RestorationOptions { Clamp = false };

        using RestorationResult expected = await cpu.RestoreAsync(new RestorationRequest(image), unclamped), actual = await device.RestoreAsync(new RestorationRequest(image), unclamped);

        Assert.Equal("cuda:0", device.Info.Device);
        TestData.AssertClose(expected.Image, actual.Image, tolerance);
    }

    [SkippableFact]
    public async Task EncodeDecode_OnTheDevice_LeavesTheLatentThere()
    {
        OnnxOptions options = Options(OnnxExecutionProvider.Cuda);
        Model model = TestData.UNetModel();
        using var encoder = new OnnxEncoder(model, options);
        using var decoder = new OnnxDecoder(model, options);
        using var cpu = new OnnxRestorer(model);
        using ImageTensor image = TestData.Picture(new ImageShape(1, 3, 32, 48));

        using var latent = (OnnxLatent)await encoder.EncodeAsync(image);
        using ImageTensor decoded = await decoder.DecodeAsync(latent);

        Assert.Equal(("cuda:0", 0), (latent.Device, latent.HostCopies));
        using RestorationResult expected = await cpu.RestoreAsync(new RestorationRequest(image), new RestorationOptions { Clamp = false });
        TestData.AssertClose(expected.Image, decoded, 1e-4);
        using ImageTensor copy = latent.CopyToHost("image");
        Assert.Equal(image.Span.ToArray(), copy.Span.ToArray());
    }

    private static OnnxOptions Options(OnnxExecutionProvider provider)
    {
        var options = new OnnxOptions { ExecutionProvider = provider };
        Skip.IfNot(OnnxProviderCheck.TryRun(options, out string? problem), problem);
        return options;
    }
}
