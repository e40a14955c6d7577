using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct La32 : IPixel<La32>, IPackedVector<uint>
{
    public ushort L;

    public ushort A;

    public La32(ushort l, ushort a)
    {
        this.L = l;
        this.A = a;
    }

    public uint PackedValue
    {
        readonly get => MemoryMarshal.Cast<La32, uint>(MemoryMarshal.CreateReadOnlySpan(in this, 1))[0];
        set => this = MemoryMarshal.Cast<uint, La32>(MemoryMarshal.CreateReadOnlySpan(in value, 1))[0];
    }

    public static bool operator ==(La32 left, La32 right) => left.Equals(right);

    public static bool operator !=(La32 left, La32 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector)
    {
        vector = Numbers.Words(vector);
        this = new La32(Numbers.Luma16(vector.X, vector.Y, vector.Z), Numbers.Word(vector.W));
    }

    public readonly Vector4 ToVector4() => new Vector4(this.L, this.L, this.L, this.A) / 65535F;

    public void FromBgr24(Bgr24 source)
        => this = new La32(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)), ushort.MaxValue);

    public void FromBgra32(Bgra32 source)
        => this = new La32(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)), Numbers.Up(source.A));

    public void FromL8(L8 source) => this = new La32(Numbers.Up(source.PackedValue), ushort.MaxValue);

    public void FromL16(L16 source) => this = new La32(source.PackedValue, ushort.MaxValue);

    public void FromLa16(La16 source) => this = new La32(Numbers.Up(source.L), Numbers.Up(source.A));

    public void FromLa32(La32 source) => this = source;

    public void FromRgb24(Rgb24 source)
        => this = new La32(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)), ushort.MaxValue);

    public void FromRgba32(Rgba32 source)
        => this = new La32(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)), Numbers.Up(source.A));

    public void FromRgb48(Rgb48 source) => this = new La32(Numbers.Luma16(source.R, source.G, source.B), ushort.MaxValue);

    public void FromRgba64(Rgba64 source) => this = new La32(Numbers.Luma16(source.R, source.G, source.B), source.A);

    public readonly void ToRgba32(ref Rgba32 dest)
        => dest = new Rgba32(Numbers.Down(this.L), Numbers.Down(this.L), Numbers.Down(this.L), Numbers.Down(this.A));

    public override readonly bool Equals(object? obj) => obj is La32 other && this.Equals(other);

    public readonly bool Equals(La32 other) => this.L == other.L && this.A == other.A;

    public override readonly int GetHashCode() => HashCode.Combine(this.L, this.A);

    public override readonly string ToString() => $"La32({this.L}, {this.A})";
}
