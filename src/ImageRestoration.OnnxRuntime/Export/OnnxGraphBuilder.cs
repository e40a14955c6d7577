using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime.Protos;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Collects the nodes, constants and names of one graph while the layers of a network are lowered into it.</summary>
/// <remarks>
/// ONNX has one name space for inputs, outputs, constants and intermediate values, a network has several: an input and an output may both
/// be called "image". Inputs keep their names, then outputs take theirs, then layers and weights; who comes late gets a suffix.
/// </remarks>
internal sealed class OnnxGraphBuilder
{
    private readonly Network _network;
    private readonly NetworkWeights _weights;
    private readonly ElementTypes _types;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Value, TensorProto.Types.DataType Type), string> _casts = [];

    internal OnnxGraphBuilder(Network network, NetworkWeights weights, OnnxPrecision precision = OnnxPrecision.Float32)
    {
        _network = network;
        _weights = weights;
        _types = new ElementTypes(network, precision);
        Graph = new GraphProto { Name = network.Name };
        foreach (NetworkInput input in network.Inputs)
        {
            string name = Unique(input.Name);
            _values.Add(input.Name, name);
            Graph.Input.Add(Describe(name, input.Channels, input.Scale, input.Scale));
        }

        InputNames = [.. Graph.Input.Select(i => i.Name)];
        OutputNames = [.. network.Outputs.Select(output => Unique(output.Name, "out"))];
        foreach ((NetworkOutput output, string name) in network.Outputs.Zip(OutputNames))
        {
            Graph.Output.Add(Describe(name, output.Channels, output.HeightScale, output.WidthScale));

            // The layer writes straight into its output; a further output of the same layer becomes a copy, one of another type a cast.
            if (_types[output.Value] == TensorProto.Types.DataType.Float)
            {
                _values.TryAdd(output.Value, name);
            }
        }
    }

    internal GraphProto Graph { get; }

    internal ImmutableArray<string> InputNames { get; }

    internal ImmutableArray<string> OutputNames { get; }

    /// <summary>Name of the value that a layer makes.</summary>
    internal string ResultOf(Layer layer)
    {
        if (!_values.TryGetValue(layer.Name, out string? name))
        {
            name = Unique(layer.Name);
            _values.Add(layer.Name, name);
        }

        return name;
    }

    /// <summary>Name of a value that a layer takes, in the layer's type.</summary>
    internal string InputOf(Layer layer, int index = 0)
    {
        string value = layer.Inputs[index];
        TensorProto.Types.DataType type = _types[layer.Name];
        if (_types[value] == type)
        {
            return _values[value];
        }

        if (!_casts.TryGetValue((value, type), out string? cast))
        {
            cast = Unique($"{value}/{type.ToString().ToLowerInvariant()}");
            Node("Cast", cast, [_values[value]], cast, OnnxAttributes.Of("to", (long)type));
            _casts.Add((value, type), cast);
        }

        return cast;
    }

    /// <summary>Number of channels of a value that a layer takes.</summary>
    internal int ChannelsOf(Layer layer, int index = 0) => _network.ChannelsOf(layer.Inputs[index]);

    /// <summary>Name for a value inside the lowering of a layer.</summary>
    internal string Intermediate(Layer layer, string suffix) => Unique($"{layer.Name}/{suffix}");

    /// <summary>
    /// Adds one of the layer's parameters as a constant of the layer's type, in its own shape or another, and returns its name.
    /// </summary>
    internal string Weight(Layer layer, string parameter, ImmutableArray<long>? shape = null)
    {
        string key = $"{layer.Name}.{parameter}";
        WeightTensor tensor = _weights[key];
        return Constant(Unique(key), _types[layer.Name], shape ?? [.. tensor.Shape.Select(d => (long)d)], tensor.Values.Span);
    }

    /// <summary>Adds a constant of the layer's type.</summary>
    internal string Constant(Layer layer, string suffix, ReadOnlySpan<float> values, ImmutableArray<long> shape)
        => Constant(Intermediate(layer, suffix), _types[layer.Name], shape, values);

    /// <summary>Adds a constant that is float32 whatever the layer computes with.</summary>
    internal string SingleConstant(Layer layer, string suffix, ReadOnlySpan<float> values, ImmutableArray<long> shape)
        => Constant(Intermediate(layer, suffix), TensorProto.Types.DataType.Float, shape, values);

    internal string Constant(Layer layer, string suffix, ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return Constant(
            Intermediate(layer, suffix), TensorProto.Types.DataType.Int64, [values.Length], UnsafeByteOperations.UnsafeWrap(bytes));
    }

    internal void Node(string type, string name, ReadOnlySpan<string> inputs, string output, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = type, Name = name };
        foreach (string input in inputs)
        {
            node.Input.Add(input);
        }

        node.Output.Add(output);
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        Graph.Node.Add(node);
    }

    /// <summary>
    /// Adds the copies for outputs that no layer writes: those that are inputs, second outputs of one layer, and casts to float32.
    /// </summary>
    internal void FinishOutputs()
    {
        foreach ((NetworkOutput output, string name) in _network.Outputs.Zip(OutputNames))
        {
            string source = _values[output.Value];
            if (_types[output.Value] != TensorProto.Types.DataType.Float)
            {
                Node("Cast", $"output:{output.Name}", [source], name, OnnxAttributes.Of("to", (long)TensorProto.Types.DataType.Float));
            }
            else if (source != name)
            {
                Node("Identity", $"output:{output.Name}", [source], name);
            }
        }
    }

    private static ByteString LittleEndian(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            return ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        }

        var bytes = new byte[checked(values.Length * sizeof(float))];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<byte, int>(bytes.AsSpan()));
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static ByteString LittleEndianHalves(ReadOnlySpan<float> values)
    {
        var bytes = new byte[checked(values.Length * 2)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), (Half)values[i]);
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static ValueInfoProto Describe(string name, int channels, AffineSize height, AffineSize width)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "batch" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = channels });
        shape.Dim.Add(Extent("height", height));
        shape.Dim.Add(Extent("width", width));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape },
            },
        };
    }

    // Equal names promise equal sizes, so the name spells the size out: height, height/8, 2*height, height/2+1.
    private static TensorShapeProto.Types.Dimension Extent(string axis, AffineSize size)
    {
        if (size.Numerator == 0)
        {
            return new TensorShapeProto.Types.Dimension { DimValue = size.Offset };
        }

        string name = size.Numerator == 1 ? axis : string.Create(CultureInfo.InvariantCulture, $"{size.Numerator}*{axis}");
        name = size.Denominator == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}/{size.Denominator}");
        return new TensorShapeProto.Types.Dimension
        {
            DimParam = size.Offset == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{size.Offset:+0;-0}"),
        };
    }

    private string Constant(string name, TensorProto.Types.DataType type, ImmutableArray<long> shape, ReadOnlySpan<float> values)
        => Constant(name, type, shape, type == TensorProto.Types.DataType.Float16 ? LittleEndianHalves(values) : LittleEndian(values));

    private string Constant(string name, TensorProto.Types.DataType type, ImmutableArray<long> shape, ByteString values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = values };
        tensor.Dims.Add(shape);
        Graph.Initializer.Add(tensor);
        return name;
    }

    private string Unique(string name, string? suffix = null)
    {
        if (_taken.Add(name))
        {
            return name;
        }

        if (suffix is not null)
        {
            return Unique($"{name}_{suffix}");
        }

        int number = 2;
        while (!_taken.Add(string.Create(CultureInfo.InvariantCulture, $"{name}_{number}")))
        {
            number++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
    }
}
