using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct Rgba32 : IPixel<Rgba32>, IPackedVector<uint>
{
    public byte R;

    public byte G;

    public byte B;

    public byte A;

    public Rgba32(byte r, byte g, byte b, byte a)
    {
        this.R = r;
        this.G = g;
        this.B = b;
        this.A = a;
    }

    public Rgba32(byte r, byte g, byte b)
        : this(r, g, b, byte.MaxValue)
    {
    }

    public Rgba32(float r, float g, float b, float a = 1)
        => this = Numbers.Bytes(new Vector4(r, g, b, a));

    public Rgba32(Vector3 vector)
        : this(new Vector4(vector, 1F))
    {
    }

    public Rgba32(Vector4 vector) => this = Numbers.Bytes(vector);

    public Rgba32(uint packed)
        : this() => this.PackedValue = packed;

    public uint Rgba
    {
        readonly get => this.PackedValue;
        set => this.PackedValue = value;
    }

    public uint PackedValue
    {
        readonly get => MemoryMarshal.Cast<Rgba32, uint>(MemoryMarshal.CreateReadOnlySpan(in this, 1))[0];
        set => this = MemoryMarshal.Cast<uint, Rgba32>(MemoryMarshal.CreateReadOnlySpan(in value, 1))[0];
    }

    public Rgb24 Rgb
    {
        readonly get => new(this.R, this.G, this.B);
        set => this = new Rgba32(value.R, value.G, value.B, this.A);
    }

    public static bool operator ==(Rgba32 left, Rgba32 right) => left.Equals(right);

    public static bool operator !=(Rgba32 left, Rgba32 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector) => this.FromRgba32(Numbers.Bytes(vector));

    public readonly Vector4 ToVector4() => new Vector4(this.R, this.G, this.B, this.A) / 255F;

    public void FromBgr24(Bgr24 source) => this = new Rgba32(source.R, source.G, source.B, byte.MaxValue);

    public void FromBgra32(Bgra32 source) => this = new Rgba32(source.R, source.G, source.B, source.A);

    public void FromL8(L8 source) => this = new Rgba32(source.PackedValue, source.PackedValue, source.PackedValue, byte.MaxValue);

    public void FromL16(L16 source)
        => this = new Rgba32(Numbers.Down(source.PackedValue), Numbers.Down(source.PackedValue), Numbers.Down(source.PackedValue), byte.MaxValue);

    public void FromLa16(La16 source) => this = new Rgba32(source.L, source.L, source.L, source.A);

    public void FromLa32(La32 source)
        => this = new Rgba32(Numbers.Down(source.L), Numbers.Down(source.L), Numbers.Down(source.L), Numbers.Down(source.A));

    public void FromRgb24(Rgb24 source) => this = new Rgba32(source.R, source.G, source.B, byte.MaxValue);

    public void FromRgba32(Rgba32 source) => this = source;

    public void FromRgb48(Rgb48 source)
        => this = new Rgba32(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B), byte.MaxValue);

    public void FromRgba64(Rgba64 source)
        => this = new Rgba32(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B), Numbers.Down(source.A));

    public readonly void ToRgba32(ref Rgba32 dest) => dest = this;

    public override readonly bool Equals(object? obj) => obj is Rgba32 other && this.Equals(other);

    public readonly bool Equals(Rgba32 other) => this.R == other.R && this.G == other.G && this.B == other.B && this.A == other.A;

    public override readonly int GetHashCode() => HashCode.Combine(this.R, this.G, this.B, this.A);

    public override readonly string ToString() => $"Rgba32({this.R}, {this.G}, {this.B}, {this.A})";
}
