using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    public static Modules.Parameter AsParameter(this Tensor tensor) => new(tensor.clone());

    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };

    // The format: type, rank and sizes as LEB128 numbers, then the values in row-major order.
    public static void Save(this Tensor tensor, BinaryWriter writer)
    {
        using var none = no_grad();
        using var host = tensor.cpu();
        using var dense = host.contiguous();
        writer.Encode((int)tensor.dtype);
        writer.Encode(dense.shape.Length);
        foreach (var size in dense.shape)
        {
            writer.Encode(size);
        }

        writer.Write(dense.bytes);
    }

    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        if ((ScalarType)reader.Decode() != tensor.dtype)
        {
            throw new ArgumentException("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        }

        var shape = new long[reader.Decode()];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = reader.Decode();
        }

        if (!skip && !shape.AsSpan().SequenceEqual(tensor.shape))
        {
            throw new ArgumentException("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.");
        }

        using var none = no_grad();
        using var loaded = empty(shape, dtype: tensor.dtype);
        reader.BaseStream.ReadExactly(loaded.bytes);
        if (!skip)
        {
            tensor.copy_(loaded);
        }
    }
}

internal static class Leb128
{
    public static void Encode(this BinaryWriter writer, long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value >= 0x80; value >>= 7)
        {
            writer.Write((byte)(value | 0x80));
        }

        writer.Write((byte)value);
    }

    public static long Decode(this BinaryReader reader)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = reader.ReadByte();
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
