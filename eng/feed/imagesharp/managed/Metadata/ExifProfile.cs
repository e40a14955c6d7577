using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

public sealed class ExifProfile : IDeepCloneable<ExifProfile>
{
    private readonly byte[]? _data;
    private List<ExifEntry>? _entries;

    public ExifProfile()
        : this((byte[]?)null)
    {
    }

    public ExifProfile(byte[]? data) => this._data = data;

    private ExifProfile(ExifProfile other)
    {
        this._data = (byte[]?)other._data?.Clone();
        this._entries = other._entries is null ? null : [.. other._entries];
    }

    public IReadOnlyList<IExifValue> Values => [.. this.Entries.Select(x => new Raw(x))];

    private List<ExifEntry> Entries => this._entries ??= this._data is null ? [] : ExifBlob.Read(this._data);

    public bool TryGetValue<TValueType>(ExifTag<TValueType> tag, [NotNullWhen(true)] out IExifValue<TValueType>? exifValue)
    {
        int index = this.Entries.FindIndex(x => x.Tag == tag.Id);
        exifValue = index >= 0 && this.Entries[index].CanHold<TValueType>() ? new Value<TValueType>(this, tag) : null;
        return exifValue is not null;
    }

    public void SetValue<TValueType>(ExifTag<TValueType> tag, TValueType value)
        where TValueType : notnull
    {
        int index = this.Entries.FindIndex(x => x.Tag == tag.Id);
        ExifEntry entry = ExifEntry.Create(tag.Id, value);
        if (index >= 0)
        {
            this.Entries[index] = entry with { Directory = this.Entries[index].Directory };
        }
        else
        {
            this.Entries.Add(entry);
        }
    }

    public bool RemoveValue(ExifTag tag) => this.Entries.RemoveAll(x => x.Tag == tag.Id) > 0;

    public byte[]? ToByteArray() => this._entries is null ? this._data : ExifBlob.Write(this._entries);

    public ExifProfile DeepClone() => new(this);

    internal void Sync(ImageMetadata metadata)
    {
        if (this.TryGetValue(ExifTag.XResolution, out _))
        {
            this.SetValue(ExifTag.XResolution, new Rational(metadata.HorizontalResolution, bestPrecision: false));
        }

        if (this.TryGetValue(ExifTag.YResolution, out _))
        {
            this.SetValue(ExifTag.YResolution, new Rational(metadata.VerticalResolution, bestPrecision: false));
        }
    }

    internal void SetNumberIfPresent(ushort tag, uint value)
    {
        int index = this.Entries.FindIndex(x => x.Tag == tag);
        if (index >= 0)
        {
            byte[] data = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(data, value);
            this.Entries[index] = this.Entries[index] with { Type = ExifDataType.Long, Count = 1, Data = data };
        }
    }

    /// <summary>The first number of an entry, which may be a short or a long.</summary>
    internal uint Number(ushort tag, uint otherwise)
    {
        int index = this.Entries.FindIndex(x => x.Tag == tag);
        return index < 0
            ? otherwise
            : this.Entries[index].Type switch
            {
                ExifDataType.Byte => this.Entries[index].Data[0],
                ExifDataType.Short => BinaryPrimitives.ReadUInt16LittleEndian(this.Entries[index].Data),
                ExifDataType.Long => BinaryPrimitives.ReadUInt32LittleEndian(this.Entries[index].Data),
                _ => otherwise,
            };
    }

    internal byte[]? Bytes(ushort tag)
    {
        int index = this.Entries.FindIndex(x => x.Tag == tag);
        return index < 0 ? null : this.Entries[index].Data;
    }

    private T? Get<T>(ushort tag)
    {
        int index = this.Entries.FindIndex(x => x.Tag == tag);
        return index >= 0 ? this.Entries[index].Get<T>() : default;
    }

    /// <summary>An entry as it is stored; what is looked at is its tag.</summary>
    private sealed class Raw(ExifEntry entry) : IExifValue
    {
        public ExifDataType DataType => entry.Type;

        public bool IsArray => entry.Count > 1;

        public ExifTag Tag => new ExifTag<byte[]>(entry.Tag);

        public object? GetValue() => entry.Data.Clone();

        public bool TrySetValue(object? value) => false;

        public IExifValue DeepClone() => new Raw(entry with { Data = (byte[])entry.Data.Clone() });
    }

    /// <summary>A view of one entry, so that setting its value changes the profile.</summary>
    private sealed class Value<T> : IExifValue<T>
    {
        private readonly ExifProfile _profile;
        private readonly ExifTag<T> _tag;

        public Value(ExifProfile profile, ExifTag<T> tag)
        {
            this._profile = profile;
            this._tag = tag;
        }

        public ExifDataType DataType => this._profile.Entries.Find(x => x.Tag == this._tag.Id).Type;

        public bool IsArray => false;

        public ExifTag Tag => this._tag;

        T? IExifValue<T>.Value
        {
            get => this._profile.Get<T>(this._tag.Id);
            set => this.TrySetValue(value);
        }

        public object? GetValue() => this._profile.Get<T>(this._tag.Id);

        public bool TrySetValue(object? value)
        {
            if (value is not T typed)
            {
                return false;
            }

            ExifEntry entry = ExifEntry.Create(this._tag.Id, typed);
            int index = this._profile.Entries.FindIndex(x => x.Tag == this._tag.Id);
            if (index < 0)
            {
                return false;
            }

            this._profile.Entries[index] = entry with { Directory = this._profile.Entries[index].Directory };
            return true;
        }

        public IExifValue DeepClone() => new Value<T>(this._profile.DeepClone(), this._tag);
    }
}

internal enum ExifDirectory
{
    Main,
    Exif,
    Gps,
}

/// <summary>One entry with its data in little-endian order.</summary>
internal readonly record struct ExifEntry(ExifDirectory Directory, ushort Tag, ExifDataType Type, uint Count, byte[] Data)
{
    public static ExifEntry Create(ushort tag, object value)
    {
        ExifDirectory directory = tag is >= 0x829A and not (0x8769 or 0x8825) ? ExifDirectory.Exif : ExifDirectory.Main;
        byte[] data;
        switch (value)
        {
            case ushort number:
                data = new byte[2];
                BinaryPrimitives.WriteUInt16LittleEndian(data, number);
                return new ExifEntry(directory, tag, ExifDataType.Short, 1, data);
            case Rational rational:
                data = new byte[8];
                BinaryPrimitives.WriteUInt32LittleEndian(data, rational.Numerator);
                BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(4), rational.Denominator);
                return new ExifEntry(directory, tag, ExifDataType.Rational, 1, data);
            case string text:
                data = [.. Encoding.UTF8.GetBytes(text), 0];
                return new ExifEntry(directory, tag, ExifDataType.Ascii, (uint)data.Length, data);
            default:
                throw new NotSupportedException($"EXIF values of type {value.GetType().Name} are not supported.");
        }
    }

    public bool CanHold<T>() => this.Type switch
    {
        ExifDataType.Short or ExifDataType.Long => typeof(T) == typeof(ushort) && this.Count >= 1,
        ExifDataType.Rational => typeof(T) == typeof(Rational) && this.Count >= 1,
        ExifDataType.Ascii => typeof(T) == typeof(string),
        _ => false,
    };

    public T? Get<T>()
    {
        object? value = this.Type switch
        {
            ExifDataType.Short => BinaryPrimitives.ReadUInt16LittleEndian(this.Data),
            ExifDataType.Long => (ushort)Math.Min(ushort.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(this.Data)),
            ExifDataType.Rational => new Rational(
                BinaryPrimitives.ReadUInt32LittleEndian(this.Data),
                BinaryPrimitives.ReadUInt32LittleEndian(this.Data.AsSpan(4)),
                simplify: false),
            ExifDataType.Ascii => Encoding.UTF8.GetString(this.Data).TrimEnd('\0'),
            _ => null,
        };
        return (T?)value;
    }
}
