using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

[StructLayout(LayoutKind.Sequential)]
public struct Bgr24 : IPixel<Bgr24>
{
    public byte B;

    public byte G;

    public byte R;

    public Bgr24(byte r, byte g, byte b)
    {
        this.R = r;
        this.G = g;
        this.B = b;
    }

    public static bool operator ==(Bgr24 left, Bgr24 right) => left.Equals(right);

    public static bool operator !=(Bgr24 left, Bgr24 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector) => this.FromRgba32(Numbers.Bytes(vector));

    public readonly Vector4 ToVector4() => new Vector4(this.R, this.G, this.B, 255F) / 255F;

    public void FromBgr24(Bgr24 source) => this = source;

    public void FromBgra32(Bgra32 source) => this = new Bgr24(source.R, source.G, source.B);

    public void FromL8(L8 source) => this = new Bgr24(source.PackedValue, source.PackedValue, source.PackedValue);

    public void FromL16(L16 source)
        => this = new Bgr24(Numbers.Down(source.PackedValue), Numbers.Down(source.PackedValue), Numbers.Down(source.PackedValue));

    public void FromLa16(La16 source) => this = new Bgr24(source.L, source.L, source.L);

    public void FromLa32(La32 source) => this = new Bgr24(Numbers.Down(source.L), Numbers.Down(source.L), Numbers.Down(source.L));

    public void FromRgb24(Rgb24 source) => this = new Bgr24(source.R, source.G, source.B);

    public void FromRgba32(Rgba32 source) => this = new Bgr24(source.R, source.G, source.B);

    public void FromRgb48(Rgb48 source)
        => this = new Bgr24(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B));

    public void FromRgba64(Rgba64 source)
        => this = new Bgr24(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B));

    public readonly void ToRgba32(ref Rgba32 dest) => dest = new Rgba32(this.R, this.G, this.B, byte.MaxValue);

    public override readonly bool Equals(object? obj) => obj is Bgr24 other && this.Equals(other);

    public readonly bool Equals(Bgr24 other) => this.R == other.R && this.G == other.G && this.B == other.B;

    public override readonly int GetHashCode() => HashCode.Combine(this.R, this.G, this.B);

    public override readonly string ToString() => $"Bgr24({this.R}, {this.G}, {this.B})";
}
