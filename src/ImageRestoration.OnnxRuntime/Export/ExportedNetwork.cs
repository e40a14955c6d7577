using System.Collections.Immutable;

namespace ImageRestoration.OnnxRuntime;

/// <summary>An ONNX file in memory, with the names that the network's inputs and outputs have in it, in the network's order.</summary>
internal sealed record ExportedNetwork(byte[] Bytes, ImmutableArray<string> InputNames, ImmutableArray<string> OutputNames);
