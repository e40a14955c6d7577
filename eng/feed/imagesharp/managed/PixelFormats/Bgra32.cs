using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct Bgra32 : IPixel<Bgra32>, IPackedVector<uint>
{
    public byte B;

    public byte G;

    public byte R;

    public byte A;

    public Bgra32(byte r, byte g, byte b, byte a)
    {
        this.R = r;
        this.G = g;
        this.B = b;
        this.A = a;
    }

    public Bgra32(byte r, byte g, byte b)
        : this(r, g, b, byte.MaxValue)
    {
    }

    public uint PackedValue
    {
        readonly get => MemoryMarshal.Cast<Bgra32, uint>(MemoryMarshal.CreateReadOnlySpan(in this, 1))[0];
        set => this = MemoryMarshal.Cast<uint, Bgra32>(MemoryMarshal.CreateReadOnlySpan(in value, 1))[0];
    }

    public static bool operator ==(Bgra32 left, Bgra32 right) => left.Equals(right);

    public static bool operator !=(Bgra32 left, Bgra32 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector) => this.FromRgba32(Numbers.Bytes(vector));

    public readonly Vector4 ToVector4() => new Vector4(this.R, this.G, this.B, this.A) / 255F;

    public void FromBgr24(Bgr24 source) => this = new Bgra32(source.R, source.G, source.B, byte.MaxValue);

    public void FromBgra32(Bgra32 source) => this = source;

    public void FromL8(L8 source) => this = new Bgra32(source.PackedValue, source.PackedValue, source.PackedValue, byte.MaxValue);

    public void FromL16(L16 source)
        => this = new Bgra32(Numbers.Down(source.PackedValue), Numbers.Down(source.PackedValue), Numbers.Down(source.PackedValue), byte.MaxValue);

    public void FromLa16(La16 source) => this = new Bgra32(source.L, source.L, source.L, source.A);

    public void FromLa32(La32 source)
        => this = new Bgra32(Numbers.Down(source.L), Numbers.Down(source.L), Numbers.Down(source.L), Numbers.Down(source.A));

    public void FromRgb24(Rgb24 source) => this = new Bgra32(source.R, source.G, source.B, byte.MaxValue);

    public void FromRgba32(Rgba32 source) => this = new Bgra32(source.R, source.G, source.B, source.A);

    public void FromRgb48(Rgb48 source)
        => this = new Bgra32(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B), byte.MaxValue);

    public void FromRgba64(Rgba64 source)
        => this = new Bgra32(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B), Numbers.Down(source.A));

    public readonly void ToRgba32(ref Rgba32 dest) => dest = new Rgba32(this.R, this.G, this.B, this.A);

    public override readonly bool Equals(object? obj) => obj is Bgra32 other && this.Equals(other);

    public readonly bool Equals(Bgra32 other) => this.R == other.R && this.G == other.G && this.B == other.B && this.A == other.A;

    public override readonly int GetHashCode() => HashCode.Combine(this.R, this.G, this.B, this.A);

    public override readonly string ToString() => $"Bgra32({this.R}, {this.G}, {this.B}, {this.A})";
}
