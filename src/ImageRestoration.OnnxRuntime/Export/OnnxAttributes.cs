using Google.Protobuf;
using ImageRestoration.Networks;
using ImageRestoration.OnnxRuntime.Protos;

namespace ImageRestoration.OnnxRuntime;

/// <summary>Makes the attributes of ONNX nodes.</summary>
internal static class OnnxAttributes
{
    internal static AttributeProto Of(string name, long value)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    internal static AttributeProto Of(string name, float value)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    internal static AttributeProto Of(string name, string value)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    internal static AttributeProto Pair(string name, Size2d value) => Of(name, [value.Height, value.Width]);

    /// <summary>Padding as ONNX writes it: top, left, bottom, right.</summary>
    internal static AttributeProto Pads(Size2d padding) => Of("pads", [padding.Height, padding.Width, padding.Height, padding.Width]);

    internal static AttributeProto Of(string name, ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (long value in values)
        {
            attribute.Ints.Add(value);
        }

        return attribute;
    }
}
