using System.Numerics;

namespace SixLabors.ImageSharp.PixelFormats;

public struct L16 : IPixel<L16>, IPackedVector<ushort>
{
    public L16(ushort luminance) => this.PackedValue = luminance;

    public ushort PackedValue { readonly get; set; }

    public static bool operator ==(L16 left, L16 right) => left.Equals(right);

    public static bool operator !=(L16 left, L16 right) => !left.Equals(right);

    public void FromScaledVector4(Vector4 vector) => this.FromVector4(vector);

    public readonly Vector4 ToScaledVector4() => this.ToVector4();

    public void FromVector4(Vector4 vector)
    {
        vector = Numbers.Words(vector);
        this = new L16(Numbers.Luma16(vector.X, vector.Y, vector.Z));
    }

    public readonly Vector4 ToVector4() => new Vector4(this.PackedValue, this.PackedValue, this.PackedValue, 65535F) / 65535F;

    public void FromBgr24(Bgr24 source)
        => this = new L16(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)));

    public void FromBgra32(Bgra32 source)
        => this = new L16(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)));

    public void FromL8(L8 source) => this = new L16(Numbers.Up(source.PackedValue));

    public void FromL16(L16 source) => this = source;

    public void FromLa16(La16 source) => this = new L16(Numbers.Up(source.L));

    public void FromLa32(La32 source) => this = new L16(source.L);

    public void FromRgb24(Rgb24 source)
        => this = new L16(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)));

    public void FromRgba32(Rgba32 source)
        => this = new L16(Numbers.Luma16(Numbers.Up(source.R), Numbers.Up(source.G), Numbers.Up(source.B)));

    public void FromRgb48(Rgb48 source) => this = new L16(Numbers.Luma16(source.R, source.G, source.B));

    public void FromRgba64(Rgba64 source) => this = new L16(Numbers.Luma16(source.R, source.G, source.B));

    public readonly void ToRgba32(ref Rgba32 dest)
        => dest = new Rgba32(Numbers.Down(this.PackedValue), Numbers.Down(this.PackedValue), Numbers.Down(this.PackedValue), byte.MaxValue);

    public override readonly bool Equals(object? obj) => obj is L16 other && this.Equals(other);

    public readonly bool Equals(L16 other) => this.PackedValue == other.PackedValue;

    public override readonly int GetHashCode() => this.PackedValue.GetHashCode();

    public override readonly string ToString() => $"L16({this.PackedValue})";
}
