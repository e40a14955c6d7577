using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>A number for an operation. It lives in managed memory: nothing native has to be released.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly ScalarValue Value;

    private Scalar(ScalarValue value) => Value = value;

    public torch.ScalarType Type => Value.Type;

    public static implicit operator Scalar(int value) => new(ScalarValue.Of((long)value));

    public static implicit operator Scalar(long value) => new(ScalarValue.Of(value));

    public static implicit operator Scalar(float value) => new(ScalarValue.Of((double)value));

    public static implicit operator Scalar(double value) => new(ScalarValue.Of(value));

    public static implicit operator Scalar(bool value) => new(ScalarValue.Of(value));

    public void Dispose()
    {
    }
}

// The native half has the same struct, field for field. Integers do not pass through floating point.
[StructLayout(LayoutKind.Sequential)]
internal struct ScalarValue
{
    public long Kind;
    public double Real;
    public long Integer;

    public static readonly ScalarValue One = Of(1L);

    public readonly torch.ScalarType Type => Kind switch
    {
        1 => torch.ScalarType.Int64,
        2 => torch.ScalarType.Bool,
        _ => torch.ScalarType.Float64,
    };

    public readonly bool IsReal => Kind == 0;

    public static ScalarValue Of(double value) => new() { Real = value };

    public static ScalarValue Of(long value) => new() { Kind = 1, Integer = value };

    public static ScalarValue Of(bool value) => new() { Kind = 2, Integer = value ? 1 : 0 };
}
