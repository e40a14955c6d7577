using ImageRestoration.Imaging;
using ImageRestoration.Networks;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Runs an exported network with ONNX Runtime on random inputs and compares it with Core's reference evaluator.</summary>
internal static class ExportParity
{
    private const int Seed = 20_417;
    private const int SmallestExtent = 8;
    private const int LargestExtent = 1 << 16;

    internal static void Verify(
        Network network,
        NetworkWeights weights,
        ExportedNetwork exported,
        OnnxSession session,
        double tolerance,
        CancellationToken cancellationToken)
    {
        var random = new Random(Seed);
        foreach (int batch in (ReadOnlySpan<int>)[1, 2])
        {
            cancellationToken.ThrowIfCancellationRequested();
            Dictionary<string, ImageTensor> inputs = RandomInputs(network, batch, random);
            try
            {
                Compare(network, weights, exported, session, inputs, tolerance, cancellationToken);
            }
            finally
            {
                DisposeAll(inputs.Values);
            }
        }
    }

    private static void Compare(
        Network network,
        NetworkWeights weights,
        ExportedNetwork exported,
        OnnxSession session,
        Dictionary<string, ImageTensor> inputs,
        double tolerance,
        CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ImageTensor> expected = ReferenceEvaluator.Run(network, weights, inputs, cancellationToken);
        using PinnedTensors values = new([.. network.Inputs.Select(i => inputs[i.Name])]);
        using IDisposableReadOnlyCollection<OrtValue> actual = session.Run(
            [.. exported.InputNames], values.Values, [.. exported.OutputNames], cancellationToken);
        try
        {
            foreach ((NetworkOutput output, OrtValue value) in network.Outputs.Zip(actual))
            {
                ImageShape shape = OnnxShapes.Of(value);
                if (shape != expected[output.Name].Shape)
                {
                    throw ExportErrors.Shape(network.Name, output.Name, shape, expected[output.Name].Shape);
                }

                ThrowIfDifferent(network.Name, output.Name, expected[output.Name].Span, value.GetTensorDataAsSpan<float>(), tolerance);
            }
        }
        finally
        {
            DisposeAll(expected.Values);
        }
    }

    private static void ThrowIfDifferent(
        string network, string output, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            minimum = Math.Min(minimum, expected[i]);
            maximum = Math.Max(maximum, expected[i]);
            double difference = Math.Abs((double)expected[i] - actual[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        // The values of a constant output have no range; their size serves instead.
        double range = maximum - minimum > 0 ? maximum - minimum : Math.Max(Math.Abs(maximum), float.Epsilon);
        double relative = largest == 0 ? 0 : largest / range;
        if (!(relative <= tolerance))
        {
            throw new ExportParityException(network, output, largest, relative, tolerance);
        }
    }

    private static Dictionary<string, ImageTensor> RandomInputs(Network network, int batch, Random random)
    {
        IReadOnlyDictionary<string, ImageShape> shapes = InputShapes(network, batch);
        var inputs = new Dictionary<string, ImageTensor>(StringComparer.Ordinal);
        foreach (NetworkInput input in network.Inputs)
        {
            ImageTensor tensor = ImageTensor.CreateUninitialized(shapes[input.Name]);
            foreach (ref float value in tensor.Span)
            {
                value = random.NextSingle();
            }

            inputs.Add(input.Name, tensor);
        }

        return inputs;
    }

    /// <summary>Odd multiples of the size multiple, other for height than for width, of a picture large enough for the network.</summary>
    private static IReadOnlyDictionary<string, ImageShape> InputShapes(Network network, int batch)
    {
        int smallest = SmallestExtent;
        while (true)
        {
            int height = OddMultiple(network.SizeMultiple.Height, smallest),
                width = OddMultiple(network.SizeMultiple.Width, smallest) + (2 * network.SizeMultiple.Width);
            NetworkInput first = network.Inputs[0];
            try
            {
                return network.InferShapes(
                    new ImageShape(batch, first.Channels, OnnxShapes.Apply(first.Scale, height), OnnxShapes.Apply(first.Scale, width)));
            }
            catch (TensorShapeException) when (smallest < LargestExtent)
            {
                // Networks without padding need larger pictures.
                smallest *= 2;
            }
        }
    }

    private static int OddMultiple(int multiple, int smallest)
    {
        int factor = (smallest + multiple - 1) / multiple;
        return multiple * (factor | 1);
    }

    private static void DisposeAll(IEnumerable<ImageTensor> tensors)
    {
        foreach (ImageTensor tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
