namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

public enum ExifDataType
{
    Unknown = 0,
    Byte = 1,
    Ascii = 2,
    Short = 3,
    Long = 4,
    Rational = 5,
    SignedByte = 6,
    Undefined = 7,
    SignedShort = 8,
    SignedLong = 9,
    SignedRational = 10,
    SingleFloat = 11,
    DoubleFloat = 12,
    Ifd = 13,
    Long8 = 16,
    SignedLong8 = 17,
    Ifd8 = 18,
}

public static class ExifOrientationMode
{
    public const ushort Unknown = 0;
    public const ushort TopLeft = 1;
    public const ushort TopRight = 2;
    public const ushort BottomRight = 3;
    public const ushort BottomLeft = 4;
    public const ushort LeftTop = 5;
    public const ushort RightTop = 6;
    public const ushort RightBottom = 7;
    public const ushort LeftBottom = 8;
}

public abstract class ExifTag : IEquatable<ExifTag>
{
    private readonly ushort _value;

    private protected ExifTag(ushort value) => this._value = value;

    public static ExifTag<string> ImageDescription { get; } = new(0x010E);

    public static ExifTag<string> Make { get; } = new(0x010F);

    public static ExifTag<string> Model { get; } = new(0x0110);

    public static ExifTag<ushort> Orientation { get; } = new(0x0112);

    public static ExifTag<Rational> XResolution { get; } = new(0x011A);

    public static ExifTag<Rational> YResolution { get; } = new(0x011B);

    public static ExifTag<ushort> ResolutionUnit { get; } = new(0x0128);

    public static ExifTag<string> Software { get; } = new(0x0131);

    public static ExifTag<string> DateTime { get; } = new(0x0132);

    public static ExifTag<string> Artist { get; } = new(0x013B);

    public static ExifTag<string> Copyright { get; } = new(0x8298);

    public static ExifTag<string> DateTimeOriginal { get; } = new(0x9003);

    public static ExifTag<ushort> ColorSpace { get; } = new(0xA001);

    internal ushort Id => this._value;

    public static explicit operator ushort(ExifTag tag) => tag?._value ?? ushort.MaxValue;

    public static bool operator ==(ExifTag? left, ExifTag? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ExifTag? left, ExifTag? right) => !(left == right);

    public override bool Equals(object? obj) => obj is ExifTag other && this.Equals(other);

    public bool Equals(ExifTag? other) => other is not null && this._value == other._value;

    public override int GetHashCode() => this._value.GetHashCode();
}

public sealed class ExifTag<TValueType> : ExifTag
{
    internal ExifTag(ushort value)
        : base(value)
    {
    }
}

public interface IExifValue : IDeepCloneable<IExifValue>
{
    ExifDataType DataType { get; }

    bool IsArray { get; }

    ExifTag Tag { get; }

    object? GetValue();

    bool TrySetValue(object? value);
}

public interface IExifValue<TValueType> : IExifValue
{
    TValueType? Value { get; set; }
}
