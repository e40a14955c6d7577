using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct Rgba64 : IPixel<Rgba64>, IPackedVector<ulong>
{
    public ushort R;

    public ushort G;

    public ushort B;

    public ushort A;

    public Rgba64(ushort r, ushort g, ushort b, ushort a)
    {
        this.R = r;
        this.G = g;
        this.B = b;
        this.A = a;
    }

    public Rgba64(Rgba32 source)
        : this() => this.FromRgba32(source);

    public Rgba64(Bgra32 source)
        : this() => this.FromBgra32(source);

    public Rgba64(Rgb24 source)
        : this() => this.FromRgb24(source);

    public Rgba64(Bgr24 source)
        : this() => this.FromBgr24(source);

    public Rgba64(Vector4 vector)
        : this() => this.FromVector4(vector);

    public Rgb48 Rgb
    {
        readonly get => new(this.R, this.G, this.B);
        set => this = new Rgba64(value.R, value.G, value.B, this.A);
    }

    public ulong PackedValue
    {
        readonly get => MemoryMarshal.Cast<Rgba64, ulong>(MemoryMarshal.CreateReadOnlySpan(in this, 1))[0];
        set => this = MemoryMarshal.Cast<ulong, Rgba64>(MemoryMarshal.CreateReadOnlySpan(in value, 1))[0];
    }

    public static bool operator ==(Rgba64 left, Rgba64 right) => left.Equals(right);

    public static bool operator !=(Rgba64 left, Rgba64 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector)
    {
        vector = Numbers.Words(vector);
        this = new Rgba64(Numbers.Word(vector.X), Numbers.Word(vector.Y), Numbers.Word(vector.Z), Numbers.Word(vector.W));
    }

    public readonly Vector4 ToVector4() => new Vector4(this.R, this.G, this.B, this.A) / 65535F;

    public void FromBgr24(Bgr24 source)
        => this = new Rgba64(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B), ushort.MaxValue);

    public void FromBgra32(Bgra32 source)
        => this = new Rgba64(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B), Numbers.Up(source.A));

    public void FromL8(L8 source)
        => this = new Rgba64(Numbers.Up(source.PackedValue), Numbers.Up(source.PackedValue), Numbers.Up(source.PackedValue), ushort.MaxValue);

    public void FromL16(L16 source)
        => this = new Rgba64(source.PackedValue, source.PackedValue, source.PackedValue, ushort.MaxValue);

    public void FromLa16(La16 source)
        => this = new Rgba64(Numbers.Up(source.L), Numbers.Up(source.L), Numbers.Up(source.L), Numbers.Up(source.A));

    public void FromLa32(La32 source) => this = new Rgba64(source.L, source.L, source.L, source.A);

    public void FromRgb24(Rgb24 source)
        => this = new Rgba64(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B), ushort.MaxValue);

    public void FromRgba32(Rgba32 source)
        => this = new Rgba64(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B), Numbers.Up(source.A));

    public void FromRgb48(Rgb48 source) => this = new Rgba64(source.R, source.G, source.B, ushort.MaxValue);

    public void FromRgba64(Rgba64 source) => this = source;

    public readonly void ToRgba32(ref Rgba32 dest)
        => dest = new Rgba32(Numbers.Down(this.R), Numbers.Down(this.G), Numbers.Down(this.B), Numbers.Down(this.A));

    public override readonly bool Equals(object? obj) => obj is Rgba64 other && this.Equals(other);

    public readonly bool Equals(Rgba64 other) => this.R == other.R && this.G == other.G && this.B == other.B && this.A == other.A;

    public override readonly int GetHashCode() => HashCode.Combine(this.R, this.G, this.B, this.A);

    public override readonly string ToString() => $"Rgba64({this.R}, {this.G}, {this.B}, {this.A})";
}
