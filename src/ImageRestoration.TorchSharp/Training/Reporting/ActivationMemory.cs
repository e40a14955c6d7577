using ImageRestoration.Imaging;
using ImageRestoration.Networks;

namespace ImageRestoration.TorchSharp;

/// <summary>Bounds what a forward pass keeps for the backward pass. Types of numbers are those of <see cref="TorchLowering"/>.</summary>
internal static class ActivationMemory
{
    /// <summary>Bytes of all values of a network and of the copies that changes of type make.</summary>
    internal static long Bound(Network network, ImageShape input, ComputePrecision precision)
    {
        IReadOnlyDictionary<string, ImageShape> shapes = network.InferShapes(input);
        HashSet<string> halves = new(StringComparer.Ordinal);
        long bytes = network.Inputs.Sum(i => shapes[i.Name].ElementCount * sizeof(float));
        foreach (Layer layer in network.Layers)
        {
            bool? takesHalves = TakesHalves(layer, precision);
            bool makesHalves = takesHalves ?? layer.Inputs.All(halves.Contains);
            bytes += shapes[layer.Name].ElementCount * SizeOf(makesHalves);
            bytes += layer.Inputs.Where(name => takesHalves is { } taken && taken != halves.Contains(name))
                .Sum(name => shapes[name].ElementCount * SizeOf(takesHalves!.Value));
            if (makesHalves)
            {
                halves.Add(layer.Name);
            }
        }

        return bytes;
    }

    private static int SizeOf(bool half) => half ? sizeof(ushort) : sizeof(float);

    /// <summary>Whether a layer computes in 16 bits or in float32; <see langword="null"/> where it takes its inputs' type.</summary>
    private static bool? TakesHalves(Layer layer, ComputePrecision precision) => layer switch
    {
        Conv2dLayer or LinearLayer => precision != ComputePrecision.Float32,
        ConvTranspose2dLayer or PReLULayer or GlobalAvgPoolLayer or BatchNorm2dLayer or LayerNorm2dLayer or GroupNormLayer
            or Scale2dLayer => false,
        _ => null,
    };
}
