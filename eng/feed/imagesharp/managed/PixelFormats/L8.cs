using System.Numerics;

namespace SixLabors.ImageSharp.PixelFormats;

public struct L8 : IPixel<L8>, IPackedVector<byte>
{
    public L8(byte luminance) => this.PackedValue = luminance;

    public byte PackedValue { readonly get; set; }

    public static bool operator ==(L8 left, L8 right) => left.Equals(right);

    public static bool operator !=(L8 left, L8 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector) => this.FromRgba32(Numbers.Bytes(vector));

    public readonly Vector4 ToVector4() => new Vector4(this.PackedValue, this.PackedValue, this.PackedValue, 255F) / 255F;

    public void FromBgr24(Bgr24 source) => this = new L8(Numbers.Luma8(source.R, source.G, source.B));

    public void FromBgra32(Bgra32 source) => this = new L8(Numbers.Luma8(source.R, source.G, source.B));

    public void FromL8(L8 source) => this = source;

    public void FromL16(L16 source) => this = new L8(Numbers.Down(source.PackedValue));

    public void FromLa16(La16 source) => this = new L8(source.L);

    public void FromLa32(La32 source) => this = new L8(Numbers.Down(source.L));

    public void FromRgb24(Rgb24 source) => this = new L8(Numbers.Luma8(source.R, source.G, source.B));

    public void FromRgba32(Rgba32 source) => this = new L8(Numbers.Luma8(source.R, source.G, source.B));

    public void FromRgb48(Rgb48 source)
        => this = new L8(Numbers.Luma8(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B)));

    public void FromRgba64(Rgba64 source)
        => this = new L8(Numbers.Luma8(Numbers.Down(source.R), Numbers.Down(source.G), Numbers.Down(source.B)));

    public readonly void ToRgba32(ref Rgba32 dest)
        => dest = new Rgba32(this.PackedValue, this.PackedValue, this.PackedValue, byte.MaxValue);

    public override readonly bool Equals(object? obj) => obj is L8 other && this.Equals(other);

    public readonly bool Equals(L8 other) => this.PackedValue == other.PackedValue;

    public override readonly int GetHashCode() => this.PackedValue.GetHashCode();

    public override readonly string ToString() => $"L8({this.PackedValue})";
}
