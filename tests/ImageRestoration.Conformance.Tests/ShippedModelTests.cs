using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Masking;
using ImageRestoration.Models;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.Conformance;

/// <summary>The pretrained models give the same pictures on every backend.</summary>
public sealed class ShippedModelTests
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Models() => [.. PretrainedModels.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task RestoreAsync_AnyTwoBackends_DifferByAtMostOneTenThousandth(string name)
    {
        Networks.Model model = PretrainedModels.Find(name).Load();
        using IRestorer onnx = new OnnxRestorer(model), torch = new TorchRestorer(model), managed = new ManagedRestorer(model);
        foreach (ImageShape shape in new[] { new ImageShape(1, onnx.Info.Channels, 131, 175), new ImageShape(2, onnx.Info.Channels, 64, 40) })
        {
            using ImageTensor image = NetworkCase.RandomInput(shape, seed: 21);
            Mask? mask = onnx.Info.TakesMask ? new FreeFormMaskStrategy().Create(shape.Height, shape.Width, new SeededRandom(22)) : null;
            using RestorationResult first = await onnx.RestoreAsync(new RestorationRequest(image, mask), new RestorationOptions { Clamp = false });
            using RestorationResult second = await torch.RestoreAsync(new RestorationRequest(image, mask), new RestorationOptions { Clamp = false });
            using RestorationResult third = await managed.RestoreAsync(new RestorationRequest(image, mask), new RestorationOptions { Clamp = false });
            float largest = 0;
            for (int i = 0; i < image.Span.Length; i++)
            {
                float a = first.Image.Span[i], b = second.Image.Span[i], c = third.Image.Span[i];
                largest = Math.Max(largest, Math.Max(a, Math.Max(b, c)) - Math.Min(a, Math.Min(b, c)));
            }

            Assert.True(largest <= Tolerance, $"{name} at {shape}: largest difference {largest}, allowed {Tolerance}.");
        }
    }
}
