using System.Buffers.Binary;

namespace ImageRestoration.Photos;

/// <summary>The entries of the directory of a TIFF or BigTIFF. Reference: TIFF 6.0, section 2; BigTIFF design of libtiff.</summary>
internal sealed class TiffEntries
{
    private const ushort Byte = 1;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const ushort Undefined = 7;
    private const ushort Long8 = 16;
    private const ushort ExifDirectory = 34665;
    private const ushort PlaceDirectory = 34853;
    private const int ClassicEntryLength = 12;
    private const uint MostUnits = 1_000_000;

    private readonly SortedDictionary<ushort, Entry> _entries = [];
    private readonly bool _little;
    private readonly bool _big;

    private TiffEntries(bool little, bool big)
    {
        _little = little;
        _big = big;
    }

    /// <summary>Whether the file's numbers are little-endian.</summary>
    internal bool IsLittleEndian => _little;

    /// <summary>Where the offset of the directory stands in the file.</summary>
    internal int LinkPosition => _big ? 8 : 4;

    /// <summary>Makes entries of profiles and resolution.</summary>
    /// <param name="metadata">Profiles and resolution.</param>
    /// <param name="big">Whether offsets have 64 bits.</param>
    /// <param name="start">What the file starts with.</param>
    internal static TiffEntries Create(PhotoMetadata metadata, bool big, out byte[] start)
    {
        // EXIF is itself a TIFF without pixels. The file starts with it, so that whatever it points to stays where it is: its own
        // directories for the camera and the place among others. They have offsets of 32 bits, which is why a BigTIFF takes its first
        // directory only.
        ReadOnlySpan<byte> exif = metadata.Exif.Span;
        bool little = exif is not [(byte)'M', ..];
        byte letter = (byte)(little ? 'I' : 'M');
        var entries = new TiffEntries(little, big);
        start = new byte[big ? 16 : 8];
        start[0] = start[1] = letter;
        entries.Put16(start.AsSpan(2), (ushort)(big ? 43 : 42));
        if (big)
        {
            entries.Put16(start.AsSpan(4), sizeof(ulong));
        }

        if (exif.Length > 8)
        {
            start = big ? start : exif.ToArray();
            entries.AddMainDirectory(exif);
        }

        return entries;
    }

    /// <summary>Adds what may still change while pixels are written.</summary>
    internal void Add(PhotoMetadata metadata)
    {
        AddBytes(TiffTags.Icc, Undefined, metadata.Icc);
        AddBytes(TiffTags.Xmp, Byte, metadata.Xmp);
        AddBytes(TiffTags.Iptc, Undefined, metadata.Iptc);
        if (metadata.Resolution is { } resolution)
        {
            AddResolution(resolution);
        }

        if (!_entries.ContainsKey(TiffTags.Orientation))
        {
            Add(TiffTags.Orientation, [1]);
        }
    }

    internal void Add(ushort tag, ReadOnlySpan<ushort> values)
    {
        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Put16(bytes.AsSpan(2 * i), values[i]);
        }

        _entries[tag] = new Entry(Short, (uint)values.Length, bytes);
    }

    internal void AddNumber(ushort tag, uint value)
    {
        byte[] bytes = new byte[4];
        Put32(bytes, value);
        _entries[tag] = new Entry(Long, 1, bytes);
    }

    /// <summary>Adds offsets or lengths, which may need 64 bits.</summary>
    internal void AddOffsets(ushort tag, IReadOnlyList<long> values)
    {
        int width = _big ? 8 : 4;
        byte[] bytes = new byte[width * values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            PutOffset(bytes.AsSpan(width * i), values[i]);
        }

        _entries[tag] = new Entry(_big ? Long8 : Long, (uint)values.Count, bytes);
    }

    /// <summary>The directory with the values that it points to.</summary>
    /// <param name="offset">Where in the file it will stand.</param>
    internal byte[] ToBytes(long offset)
    {
        (int head, int entryLength, int room) = _big ? (8, 20, 8) : (2, ClassicEntryLength, 4);
        int length = head + (entryLength * _entries.Count) + room;
        byte[] bytes = new byte[length + _entries.Values.Sum(entry => entry.Value.Length > room ? (entry.Value.Length + 1) & ~1 : 0)];
        Put16(_little || !_big ? bytes : bytes.AsSpan(6), (ushort)_entries.Count);
        int position = head, free = length;
        foreach ((ushort tag, Entry entry) in _entries)
        {
            Span<byte> field = bytes.AsSpan(position, entryLength);
            Put16(field, tag);
            Put16(field[2..], entry.Type);
            PutOffset(field[4..], entry.Count);
            if (entry.Value.Length <= room)
            {
                entry.Value.CopyTo(field[^room..]);
            }
            else
            {
                PutOffset(field[^room..], offset + free);
                entry.Value.CopyTo(bytes.AsSpan(free));
                free += (entry.Value.Length + 1) & ~1;
            }

            position += entryLength;
        }

        return bytes;
    }

    /// <summary>Writes an offset as wide as the file's are.</summary>
    /// <returns>The bytes that it takes.</returns>
    internal int PutOffset(Span<byte> target, long value)
    {
        if (_big)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target, _little ? value : BinaryPrimitives.ReverseEndianness(value));
            return sizeof(long);
        }

        Put32(target, checked((uint)value));
        return sizeof(uint);
    }

    private void AddMainDirectory(ReadOnlySpan<byte> exif)
    {
        uint offset = UInt32(exif[4..]);
        if (offset > exif.Length - 2)
        {
            return;
        }

        ReadOnlySpan<byte> entries = exif[(int)offset..];
        int count = UInt16(entries);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= ClassicEntryLength; i++, entries = entries[ClassicEntryLength..])
        {
            ushort tag = UInt16(entries), type = UInt16(entries[2..]);
            uint values = UInt32(entries[4..]);
            if (TiffTags.IsOfTheFile(tag))
            {
                continue;
            }

            if (!_big)
            {
                // The value, or where it stands: as the block starts the file, that is right as it is.
                _entries[tag] = new Entry(type, values, entries[8..12].ToArray());
            }
            else if (tag is not (ExifDirectory or PlaceDirectory))
            {
                long length = WidthOf(type) * values;
                long at = length <= 4 ? exif.Length - entries.Length + 8 : UInt32(entries[8..]);
                if (at + length <= exif.Length)
                {
                    _entries[tag] = new Entry(type, values, exif.Slice((int)at, (int)length).ToArray());
                }
            }
        }
    }

    private static long WidthOf(ushort type) => type switch
    {
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 => 8,
        _ => 1,
    };

    private void AddBytes(ushort tag, ushort type, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            _entries[tag] = new Entry(type, (uint)value.Length, value.ToArray());
        }
    }

    private void AddResolution(PhotoResolution resolution)
    {
        (ushort unit, double scale) = resolution.Unit switch
        {
            PhotoResolutionUnit.None => ((ushort)1, 1.0),
            PhotoResolutionUnit.Inch => ((ushort)2, 1.0),
            PhotoResolutionUnit.Centimeter => ((ushort)3, 1.0),
            _ => ((ushort)3, 0.01),
        };
        Add(TiffTags.ResolutionUnit, [unit]);
        AddRational(TiffTags.XResolution, resolution.Horizontal * scale);
        AddRational(TiffTags.YResolution, resolution.Vertical * scale);
    }

    private void AddRational(ushort tag, double value)
    {
        uint denominator = value == Math.Floor(value) ? 1 : value < uint.MaxValue / MostUnits ? MostUnits : 1;
        byte[] bytes = new byte[8];
        Put32(bytes, (uint)Math.Clamp(Math.Round(value * denominator), 0, uint.MaxValue));
        Put32(bytes.AsSpan(4), denominator);
        _entries[tag] = new Entry(Rational, 1, bytes);
    }

    private ushort UInt16(ReadOnlySpan<byte> data)
        => _little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private uint UInt32(ReadOnlySpan<byte> data)
        => _little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);

    private void Put16(Span<byte> target, ushort value)
        => BinaryPrimitives.WriteUInt16LittleEndian(target, _little ? value : BinaryPrimitives.ReverseEndianness(value));

    private void Put32(Span<byte> target, uint value)
        => BinaryPrimitives.WriteUInt32LittleEndian(target, _little ? value : BinaryPrimitives.ReverseEndianness(value));

    private readonly record struct Entry(ushort Type, uint Count, byte[] Value);
}
