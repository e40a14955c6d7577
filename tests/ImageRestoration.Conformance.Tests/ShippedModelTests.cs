using ImageRestoration.Imaging;
using ImageRestoration.Managed;
using ImageRestoration.Masking;
using ImageRestoration.Models;
using ImageRestoration.Numerics;
using ImageRestoration.OnnxRuntime;
using ImageRestoration.Restoration;
using ImageRestoration.Tiling;
using ImageRestoration.TorchSharp;

namespace ImageRestoration.Tests.Conformance;

/// <summary>The pretrained models give the same pictures on every backend.</summary>
public sealed class ShippedModelTests
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Models() => [.. PretrainedModels.All.Select(m => m.Name)];

    public static TheoryData<string, string, string> Pairs()
    {
        var data = new TheoryData<string, string, string>();
        foreach (PretrainedModel model in PretrainedModels.All)
        {
            foreach ((string encoder, string decoder) in new[]
            {
                ("Managed", "Managed"), ("OnnxRuntime", "OnnxRuntime"), ("TorchSharp", "TorchSharp"), ("OnnxRuntime", "Managed"),
            })
            {
                data.Add(model.Name, encoder, decoder);
            }
        }

        return data;
    }

    /// <summary>What a model says of holes and exposure holds for its parts too, and tiles of a pair are as exact as those of the whole.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task RestoreAsync_WholePairAndTiles_AreEqual(string name, string encoderName, string decoderName)
    {
        Networks.Model model = PretrainedModels.Find(name).Load();
        ConformanceBackend first = ConformanceBackend.All.Single(b => b.Name == encoderName);
        ConformanceBackend second = ConformanceBackend.All.Single(b => b.Name == decoderName);
        using IRestorer whole = first.CreateRestorer(model);
        using var pair = new AutoencoderRestorer(first.CreateModelEncoder(model), second.CreateModelDecoder(model), model.Info.Task);
        Assert.Equal((whole.Info.SizeMultiple, whole.Info.TileHalo), (pair.Info.SizeMultiple, pair.Info.TileHalo));
        Assert.Equal((whole.Info.Fill, whole.Info.NormalizesExposure), (pair.Info.Fill, pair.Info.NormalizesExposure));
        int alignment = Math.Max((pair.Info.TileAlignment ?? 1).Height, pair.Info.SizeMultiple.Height);
        int tile = (2 * pair.Info.TileHalo!.Value.Radius) + (4 * alignment);
        using var tiledWhole = new TiledRestorer(whole, new TilingOptions { TileSize = tile }, leaveOpen: true);
        using var tiledPair = new TiledRestorer(pair, new TilingOptions { TileSize = tile }, leaveOpen: true);
        using ImageTensor image = DarkPicture(ImageShape.Single(whole.Info.Channels, tile + 37, tile + 61));
        Mask? mask = whole.Info.TakesMask
            ? new FreeFormMaskStrategy().Create(image.Height, image.Width, new SeededRandom(22))
            : null;

        var request = new RestorationRequest(image, mask);
        var options = new RestorationOptions { Clamp = false };
        using RestorationResult expected = await whole.RestoreAsync(request, options);
        foreach (IRestorer other in new IRestorer[] { pair, tiledWhole, tiledPair })
        {
            using RestorationResult actual = await other.RestoreAsync(request, options);
            AssertClose(expected.Image, actual.Image, $"{name}, {other.GetType().Name} of {other.Info.Backend}");
        }
    }

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

    /// <summary>Noise on a slope, three stops too dark: exposure and fills then matter.</summary>
    private static ImageTensor DarkPicture(ImageShape shape)
    {
        ImageTensor image = NetworkCase.RandomInput(shape, seed: 23);
        for (int c = 0; c < shape.Channels; c++)
        {
            for (int y = 0; y < shape.Height; y++)
            {
                Span<float> row = image.Row(0, c, y);
                for (int x = 0; x < row.Length; x++)
                {
                    row[x] = 0.125f * ((0.8f * (x + y) / (shape.Width + shape.Height)) + (0.2f * row[x]));
                }
            }
        }

        return image;
    }

    private static void AssertClose(ImageTensor expected, ImageTensor actual, string what)
    {
        float largest = 0;
        for (int i = 0; i < expected.Span.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected.Span[i] - actual.Span[i]));
        }

        Assert.True(largest <= Tolerance, $"{what}: largest difference {largest}, allowed {Tolerance}.");
    }
}
