using ImageRestoration.Imaging;
using ImageRestoration.Latents;
using ImageRestoration.Managed;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;
using ImageRestoration.Tests.Networks.PyTorch;

namespace ImageRestoration.Benchmarks;

/// <summary>This library's half of pytorch_roundtrip.py: <c>--pytorch FOLDER</c>.</summary>
internal static class PyTorchReport
{
    public const string Option = "--pytorch";

    /// <summary>
    /// Writes answer.safetensors, the output of PyTorch's weights for PyTorch's input, and declared.safetensors with declared_values.safetensors:
    /// weights drawn here, an input and its output.
    /// </summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [string folder])
        {
            Console.Error.WriteLine($"Usage: {Option} FOLDER");
            return 1;
        }

        Network network = RoundTripNetwork.Create();
        NetworkWeights given = NetworkWeights.LoadStateDict(Path.Combine(folder, "roundtrip.safetensors"), network);
        WeightTensor input;
        using (FileStream file = File.OpenRead(Path.Combine(folder, "roundtrip_values.safetensors")))
        {
            input = SafeTensorsFile.Read(file).Tensors["input"];
        }

        Write(Path.Combine(folder, "answer.safetensors"), ("output", await RunAsync(network, given, input)));

        // Statistics of batch normalisation that are not their start values, so that leaving them out would show.
        var random = new SeededRandom(11);
        NetworkWeights drawn = NetworkWeights.Initialize(network, random, new WeightInitialization { Distribution = InitialDistribution.HeNormal });
        var moved = new NetworkWeights(network.Parameters.Select(p => KeyValuePair.Create(
            p.Name,
            new WeightTensor(p.Shape, [.. drawn[p.Name].Values.ToArray().Select(v => p.Shape.Length == 1 ? v + (0.5f * random.NextSingle()) : v)]))));
        moved.SaveStateDict(Path.Combine(folder, "declared.safetensors"));
        var picture = new WeightTensor([2, 3, 14, 18], [.. Enumerable.Range(0, 2 * 3 * 14 * 18).Select(_ => random.NextSingle())]);
        Write(Path.Combine(folder, "declared_values.safetensors"), ("input", picture), ("output", await RunAsync(network, moved, picture)));
        return 0;
    }

    private static async Task<WeightTensor> RunAsync(Network network, NetworkWeights weights, WeightTensor input)
    {
        using var encoder = new ManagedEncoder(network, weights);
        using ImageTensor image = ImageTensor.Create(new ImageShape(input.Shape[0], input.Shape[1], input.Shape[2], input.Shape[3]));
        input.Values.Span.CopyTo(image.Span);
        using Latent result = await encoder.EncodeAsync(image);
        using ImageTensor output = result.CopyToHost(network.Outputs[0].Name);
        return new WeightTensor([output.Batch, output.Channels, output.Height, output.Width], output.Span.ToArray());
    }

    private static void Write(string path, params (string Name, WeightTensor Tensor)[] tensors)
    {
        using FileStream stream = File.Create(path);
        new SafeTensorsFile(tensors.ToDictionary(t => t.Name, t => t.Tensor)).Write(stream);
    }
}
