using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct Rgb48 : IPixel<Rgb48>
{
    public ushort R;

    public ushort G;

    public ushort B;

    public Rgb48(ushort r, ushort g, ushort b)
    {
        this.R = r;
        this.G = g;
        this.B = b;
    }

    public static bool operator ==(Rgb48 left, Rgb48 right) => left.Equals(right);

    public static bool operator !=(Rgb48 left, Rgb48 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector)
    {
        vector = Numbers.Words(vector);
        this = new Rgb48(Numbers.Word(vector.X), Numbers.Word(vector.Y), Numbers.Word(vector.Z));
    }

    public readonly Vector4 ToVector4() => new Vector4(this.R, this.G, this.B, 65535F) / 65535F;

    public void FromBgr24(Bgr24 source) => this = new Rgb48(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B));

    public void FromBgra32(Bgra32 source) => this = new Rgb48(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B));

    public void FromL8(L8 source)
        => this = new Rgb48(Numbers.Up(source.PackedValue), Numbers.Up(source.PackedValue), Numbers.Up(source.PackedValue));

    public void FromL16(L16 source) => this = new Rgb48(source.PackedValue, source.PackedValue, source.PackedValue);

    public void FromLa16(La16 source) => this = new Rgb48(Numbers.Up(source.L), Numbers.Up(source.L), Numbers.Up(source.L));

    public void FromLa32(La32 source) => this = new Rgb48(source.L, source.L, source.L);

    public void FromRgb24(Rgb24 source) => this = new Rgb48(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B));

    public void FromRgba32(Rgba32 source) => this = new Rgb48(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B));

    public void FromRgb48(Rgb48 source) => this = source;

    public void FromRgba64(Rgba64 source) => this = new Rgb48(source.R, source.G, source.B);

    public readonly void ToRgba32(ref Rgba32 dest)
        => dest = new Rgba32(Numbers.Down(this.R), Numbers.Down(this.G), Numbers.Down(this.B), byte.MaxValue);

    public override readonly bool Equals(object? obj) => obj is Rgb48 other && this.Equals(other);

    public readonly bool Equals(Rgb48 other) => this.R == other.R && this.G == other.G && this.B == other.B;

    public override readonly int GetHashCode() => HashCode.Combine(this.R, this.G, this.B);

    public override readonly string ToString() => $"Rgb48({this.R}, {this.G}, {this.B})";
}
