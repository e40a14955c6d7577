using System.Runtime.InteropServices;

namespace TorchSharp;

[StructLayout(LayoutKind.Sequential)]
internal struct ScalarValue
{
    public long Kind;
    public double Real;
    public long Integer;

    public static ScalarValue Of(double value) => new() { Real = value };
    public static ScalarValue Of(long value) => new() { Kind = 1, Integer = value };
    public static ScalarValue Of(bool value) => new() { Kind = 2, Integer = value ? 1 : 0 };
    public static readonly ScalarValue One = Of(1L);
}

// Holds its value in managed memory: nothing native has to be released for a number.
public sealed class Scalar : IDisposable
{
    internal readonly ScalarValue Value;
    private readonly torch.ScalarType _type;

    internal Scalar(ScalarValue value, torch.ScalarType type)
    {
        Value = value;
        _type = type;
    }

    internal Scalar(ScalarValue value)
        : this(value, value.Kind switch { 1 => torch.ScalarType.Int64, 2 => torch.ScalarType.Bool, _ => torch.ScalarType.Float64 })
    {
    }

    public torch.ScalarType Type => _type;

    public static implicit operator Scalar(byte value) => value.ToScalar();
    public static implicit operator Scalar(sbyte value) => value.ToScalar();
    public static implicit operator Scalar(short value) => value.ToScalar();
    public static implicit operator Scalar(int value) => value.ToScalar();
    public static implicit operator Scalar(long value) => value.ToScalar();
    public static implicit operator Scalar(Half value) => value.ToScalar();
    public static implicit operator Scalar(float value) => value.ToScalar();
    public static implicit operator Scalar(double value) => value.ToScalar();
    public static implicit operator Scalar(bool value) => value.ToScalar();

    public void Dispose()
    {
    }

    internal double AsDouble => Value.Kind == 0 ? Value.Real : Value.Integer;
    internal long AsLong => Value.Kind == 0 ? (long)Value.Real : Value.Integer;
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => new(ScalarValue.Of((long)value));
    public static Scalar ToScalar(this sbyte value) => new(ScalarValue.Of((long)value));
    public static Scalar ToScalar(this short value) => new(ScalarValue.Of((long)value));
    public static Scalar ToScalar(this int value) => new(ScalarValue.Of((long)value));
    public static Scalar ToScalar(this long value) => new(ScalarValue.Of(value));
    public static Scalar ToScalar(this Half value) => new(ScalarValue.Of((double)value));
    public static Scalar ToScalar(this float value) => new(ScalarValue.Of((double)value));
    public static Scalar ToScalar(this double value) => new(ScalarValue.Of(value));
    public static Scalar ToScalar(this bool value) => new(ScalarValue.Of(value));

    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;
    public static double ToDouble(this Scalar value) => value.AsDouble;
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong;
    public static short ToInt16(this Scalar value) => (short)value.AsLong;
    public static int ToInt32(this Scalar value) => (int)value.AsLong;
    public static long ToInt64(this Scalar value) => value.AsLong;
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
