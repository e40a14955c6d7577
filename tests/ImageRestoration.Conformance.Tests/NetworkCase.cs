using ImageRestoration.Imaging;
using ImageRestoration.Masking;
using ImageRestoration.Networks;
using ImageRestoration.Numerics;

namespace ImageRestoration.Tests.Conformance;

/// <summary>A network to compare on all backends, with the input shapes to try.</summary>
public sealed record NetworkCase(string Name, Network Network, params ImageShape[] Inputs)
{
    /// <summary>Initial weights; those that start with one fixed value are moved off it, so that leaving them out would show.</summary>
    public NetworkWeights Weights()
    {
        NetworkWeights initial = NetworkWeights.Initialize(Network, new SeededRandom(7));
        var random = new SeededRandom(8);
        return new NetworkWeights(Network.Parameters.Select(parameter => KeyValuePair.Create(
            parameter.Name,
            parameter.Fill is { } fill ? new WeightTensor(parameter.Shape, [.. Enumerable.Range(0, (int)parameter.ElementCount).Select(_ => fill + random.NextSingle() - 0.5f)]) : initial[parameter.Name])));
    }

    /// <summary>Values around [−1, 1.5], so that both sides of every activation are seen.</summary>
    public static ImageTensor RandomInput(ImageShape shape, ulong seed)
    {
        ImageTensor tensor = ImageTensor.CreateUninitialized(shape);
        var random = new SeededRandom(seed);
        foreach (ref float value in tensor.Span)
        {
            value = (2.5f * random.NextSingle()) - 1f;
        }

        return tensor;
    }

    /// <summary>A mask with gaps of all sizes where the network takes one.</summary>
    public Mask? MaskFor(ImageShape shape)
    {
        if (!Network.TakesMask())
        {
            return null;
        }

        var mask = new Mask(shape.Height, shape.Width);
        for (int i = 0; i < mask.Values.Length; i++)
        {
            (int y, int x) = (i / shape.Width, i % shape.Width);
            mask.Values[i] = (byte)((x * y) % 7 < 3 || y < shape.Height / 4 ? 1 : 0);
        }

        return mask;
    }

    /// <summary>The network's inputs by name, as the reference evaluator takes them.</summary>
    public Dictionary<string, ImageTensor> InputsFor(ImageTensor image)
    {
        var inputs = new Dictionary<string, ImageTensor> { [Network.Inputs[0].Name] = image };
        if (MaskFor(image.Shape) is { } mask)
        {
            inputs.Add(Network.Inputs[1].Name, mask.ToTensor(image.Batch));
        }

        return inputs;
    }

    public override string ToString() => Name;
}
