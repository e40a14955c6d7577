using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct La16 : IPixel<La16>, IPackedVector<ushort>
{
    public byte L;

    public byte A;

    public La16(byte l, byte a)
    {
        this.L = l;
        this.A = a;
    }

    public ushort PackedValue
    {
        readonly get => MemoryMarshal.Cast<La16, ushort>(MemoryMarshal.CreateReadOnlySpan(in this, 1))[0];
        set => this = MemoryMarshal.Cast<ushort, La16>(MemoryMarshal.CreateReadOnlySpan(in value, 1))[0];
    }

    public static bool operator ==(La16 left, La16 right) => left.Equals(right);

    public static bool operator !=(La16 left, La16 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector) => this.FromRgba32(Numbers.Bytes(vector));

    public readonly Vector4 ToVector4() => new Vector4(this.L, this.L, this.L, this.A) / 255F;

    public void FromBgr24(Bgr24 source) => this = new La16(Numbers.Luma8(source.R, source.G, source.B), byte.MaxValue);

    public void FromBgra32(Bgra32 source) => this = new La16(Numbers.Luma8(source.R, source.G, source.B), source.A);

    public void FromL8(L8 source) => this = new La16(source.PackedValue, byte.MaxValue);

    public void FromL16(L16 source) => this = new La16(Numbers.Down(source.PackedValue), byte.MaxValue);

    public void FromLa16(La16 source) => this = source;

    public void FromLa32(La32 source) => this = new La16(Numbers.Down(source.L), Numbers.Down(source.A));

    public void FromRgb24(Rgb24 source) => this = new La16(Numbers.Luma8(source.R, source.G, source.B), byte.MaxValue);

    public void FromRgba32(Rgba32 source) => this = new La16(Numbers.Luma8(source.R, source.G, source.B), source.A);

    public void FromRgb48(Rgb48 source)
        => this = new La16(Numbers.Luma8(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B)), byte.MaxValue);

    public void FromRgba64(Rgba64 source)
        => this = new La16(Numbers.Luma8(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B)), Numbers.Down(source.A));

    public readonly void ToRgba32(ref Rgba32 dest) => dest = new Rgba32(this.L, this.L, this.L, this.A);

    public override readonly bool Equals(object? obj) => obj is La16 other && this.Equals(other);

    public readonly bool Equals(La16 other) => this.L == other.L && this.A == other.A;

    public override readonly int GetHashCode() => HashCode.Combine(this.L, this.A);

    public override readonly string ToString() => $"La16({this.L}, {this.A})";
}
