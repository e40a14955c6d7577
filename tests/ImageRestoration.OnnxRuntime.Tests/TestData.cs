using System.Collections.Immutable;
using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using ImageRestoration.Networks.Architectures;
using ImageRestoration.Restoration;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime.Tests;

internal static class TestData
{
    internal static UNetOptions SmallUNet { get; } = new() { Channels = [4, 6, 8] };

    internal static Model UNetModel(RestorationTask task = RestorationTask.Denoise)
    {
        Network encoder = UNet.CreateEncoder(SmallUNet), decoder = UNet.CreateDecoder(SmallUNet);
        var info = new ModelInfo
        {
            Name = "small-unet",
            Task = task,
            Description = "A test's network.",
            License = "MIT",
            Provenance = ImmutableSortedDictionary<string, string>.Empty.Add("data", "none"),
            Scores = ImmutableSortedDictionary<string, double>.Empty.Add("psnr", 31.5),
        };
        NetworkWeights weights = NetworkWeights.Initialize(Network.Compose(info.Name, encoder, decoder), new Random(7));
        return new Model(encoder, decoder, weights, info);
    }

    internal static Model ModelOf(Network network, int seed = 3, RestorationTask task = RestorationTask.Denoise)
        => new(network, NetworkWeights.Initialize(network, new Random(seed)), new ModelInfo { Name = network.Name, Task = task });

    /// <summary>A network that inpaints: picture and mask in, picture out.</summary>
    internal static Model InpaintingModel()
    {
        var builder = new NetworkBuilder("inpainting");
        NetworkValue image = builder.Input("image", 3), mask = builder.Input("mask", 1);
        builder.Output("image", image.Concat([mask]).Conv2d(8, 3, stride: 2, padding: 1).ReLU().Conv2d(12, 1).PixelShuffle(2));
        return ModelOf(builder.Build(), task: RestorationTask.Inpaint);
    }

    internal static ImageTensor Picture(ImageShape shape, int seed = 11)
    {
        ImageTensor picture = ImageTensor.Create(shape);
        var random = new Random(seed);
        foreach (ref float value in picture.Span)
        {
            value = random.NextSingle();
        }

        return picture;
    }

    /// <summary>Runs an .onnx file with ONNX Runtime alone: none of the library's own sessions.</summary>
    internal static List<(string Name, ImageTensor Value)> RunOnnx(byte[] onnx, params (string Name, ImageTensor Value)[] inputs)
    {
        using var options = new SessionOptions();
        using var session = new InferenceSession(onnx, options);
        using var run = new RunOptions();
        Dictionary<string, OrtValue> values = inputs.ToDictionary(i => i.Name, i => OrtValue.CreateTensorValueFromMemory(i.Value.Span.ToArray(), [i.Value.Batch, i.Value.Channels, i.Value.Height, i.Value.Width]));
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, values, session.OutputNames);
            return [.. session.OutputNames.Zip(outputs, (name, value) =>
            {
                long[] shape = value.GetTensorTypeAndShape().Shape;
                ImageTensor tensor = ImageTensor.Create(new ImageShape((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]));
                value.GetTensorDataAsSpan<float>().CopyTo(tensor.Span);
                return (name, tensor);
            })];
        }
        finally
        {
            foreach (OrtValue value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    /// <summary>Asserts that two tensors differ nowhere by more than a share of the expected one's range.</summary>
    internal static void AssertClose(ImageTensor expected, ImageTensor actual, double tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        ReadOnlySpan<float> e = expected.Span, a = actual.Span;
        double range = 0, largest = 0, minimum = double.PositiveInfinity, maximum = double.NegativeInfinity;
        for (int i = 0; i < e.Length; i++)
        {
            minimum = Math.Min(minimum, e[i]);
            maximum = Math.Max(maximum, e[i]);
            largest = Math.Max(largest, Math.Abs((double)e[i] - a[i]));
            Assert.True(float.IsFinite(a[i]), $"Value {i} is {a[i]}.");
        }

        range = maximum - minimum;
        Assert.True(range > 0, "The expected output is constant: the comparison would prove nothing.");
        Assert.True(largest <= tolerance * range, $"Largest difference {largest:g4} is {largest / range:g4} of the range {range:g4}; accepted is {tolerance:g4}.");
    }
}
