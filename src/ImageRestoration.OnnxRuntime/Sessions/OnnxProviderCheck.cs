using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using ImageRestoration.OnnxRuntime.Protos;
using Microsoft.ML.OnnxRuntime;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Tells whether ONNX Runtime can compute with something here, before anything depends on it.</summary>
public static class OnnxProviderCheck
{
    /// <summary>Loads what a provider needs and runs a network of one addition with it.</summary>
    /// <param name="options">The provider, its device and settings.</param>
    /// <param name="problem">
    /// What is missing, by name and version as the system reports it, and what to do; <see langword="null"/> where all works.
    /// </param>
    /// <returns>Whether all works.</returns>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static bool TryRun(OnnxOptions options, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            using OnnxSession session = OnnxSession.FromMemory(
                Doubling(), "check", OnnxOptions.Validated(options) with { FallBackToCpu = false });
            using var value = OrtValue.CreateTensorValueFromMemory([1f], [1L]);
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(["x"], [value], ["y"], CancellationToken.None);
            float sum = results[0].GetTensorDataAsSpan<float>()[0];
            problem = sum == 2 ? null : Invariant($"{options.ExecutionProvider} computes 1 + 1 = {sum}. Update the device's driver.");
        }
        catch (BackendUnavailableException e)
        {
            problem = e.Message;
        }

        return problem is null;
    }

    /// <summary>A network that adds its input to itself.</summary>
    private static byte[] Doubling()
    {
        var graph = new GraphProto { Name = "check" };
        graph.Input.Add(Value("x"));
        graph.Output.Add(Value("y"));
        var node = new NodeProto { OpType = "Add", Name = "add" };
        node.Input.Add("x");
        node.Input.Add("x");
        node.Output.Add("y");
        graph.Node.Add(node);
        var file = new ModelProto { IrVersion = OnnxExporter.IrVersion, Graph = graph };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OnnxExporter.OpsetVersion });
        return file.ToByteArray();
    }

    private static ValueInfoProto Value(string name)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 1 });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape },
            },
        };
    }
}
