using System.Buffers.Binary;
using SixLabors.ImageSharp.Metadata;

namespace ImageRestoration.ImageSharp;

/// <summary>The entries of a TIFF directory, little-endian.</summary>
internal sealed class TiffEntries
{
    private const int EntryLength = 12;
    private const ushort Byte = 1;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const ushort Undefined = 7;
    private const uint MostUnits = 1_000_000;

    private readonly SortedDictionary<ushort, Entry> _entries = [];

    private TiffEntries()
    {
    }

    /// <summary>Makes entries of profiles and resolution.</summary>
    /// <param name="metadata">Profiles and resolution, or <see langword="null"/>.</param>
    /// <param name="start">What the file starts with.</param>
    internal static TiffEntries Create(ImageMetadata? metadata, out byte[] start)
    {
        start = [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0];
        var entries = new TiffEntries();
        if (metadata is not null)
        {
            // An EXIF profile is itself a TIFF without pixels. The file starts with it, so that whatever it points to stays where it is:
            // its own directories for the camera and the place among others.
            if (metadata.ExifProfile?.ToByteArray() is [(byte)'I', (byte)'I', 42, 0, _, _, _, _, ..] exif)
            {
                start = exif;
                entries.AddMainDirectory(exif);
            }

            entries.AddBytes(TiffTags.Icc, Undefined, metadata.IccProfile?.ToByteArray());
            entries.AddBytes(TiffTags.Xmp, Byte, metadata.XmpProfile?.ToByteArray());
            metadata.IptcProfile?.UpdateData();
            entries.AddBytes(TiffTags.Iptc, Undefined, metadata.IptcProfile?.Data);
            entries.AddResolution(metadata);
        }

        entries._entries.TryAdd(TiffTags.Orientation, Entry.Of(Short, 1, [1, 0]));
        return entries;
    }

    internal void Add(ushort tag, ushort value) => Add(tag, [value]);

    internal void Add(ushort tag, uint value) => Add(tag, [value]);

    internal void Add(ushort tag, ushort[] values)
    {
        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), values[i]);
        }

        _entries[tag] = Entry.Of(Short, values.Length, bytes);
    }

    internal void Add(ushort tag, uint[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        }

        _entries[tag] = Entry.Of(Long, values.Length, bytes);
    }

    /// <summary>The directory with the values that it points to.</summary>
    /// <param name="offset">Where in the file it will stand.</param>
    internal byte[] ToBytes(uint offset)
    {
        int length = 2 + (EntryLength * _entries.Count) + 4;
        byte[] bytes = new byte[length + _entries.Values.Sum(entry => entry.Value.Length > 4 ? (entry.Value.Length + 1) & ~1 : 0)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)_entries.Count);
        int position = 2;
        int free = length;
        foreach ((ushort tag, Entry entry) in _entries)
        {
            Span<byte> field = bytes.AsSpan(position, EntryLength);
            BinaryPrimitives.WriteUInt16LittleEndian(field, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(field[2..], entry.Type);
            BinaryPrimitives.WriteUInt32LittleEndian(field[4..], entry.Count);
            if (entry.Value.Length <= 4)
            {
                entry.Value.CopyTo(field[8..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(field[8..], checked(offset + (uint)free));
                entry.Value.CopyTo(bytes.AsSpan(free));
                free += (entry.Value.Length + 1) & ~1;
            }

            position += EntryLength;
        }

        return bytes;
    }

    private void AddMainDirectory(ReadOnlySpan<byte> exif)
    {
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (offset > exif.Length - 2)
        {
            return;
        }

        ReadOnlySpan<byte> entries = exif[(int)offset..];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(entries);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= EntryLength; i++, entries = entries[EntryLength..])
        {
            ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(entries);
            if (!TiffTags.IsOfTheFile(tag))
            {
                // The value, or where it stands: as the profile starts the file, that is right as it is.
                _entries[tag] = new Entry(BinaryPrimitives.ReadUInt16LittleEndian(entries[2..]), BinaryPrimitives.ReadUInt32LittleEndian(entries[4..]), entries[8..12].ToArray());
            }
        }
    }

    private void AddBytes(ushort tag, ushort type, byte[]? value)
    {
        if (value is { Length: > 0 })
        {
            _entries[tag] = Entry.Of(type, value.Length, value);
        }
    }

    private void AddResolution(ImageMetadata metadata)
    {
        (ushort unit, double scale) = metadata.ResolutionUnits switch
        {
            PixelResolutionUnit.AspectRatio => ((ushort)1, 1.0),
            PixelResolutionUnit.PixelsPerInch => ((ushort)2, 1.0),
            PixelResolutionUnit.PixelsPerCentimeter => ((ushort)3, 1.0),
            _ => ((ushort)3, 0.01),
        };
        Add(TiffTags.ResolutionUnit, unit);
        AddRational(TiffTags.XResolution, metadata.HorizontalResolution * scale);
        AddRational(TiffTags.YResolution, metadata.VerticalResolution * scale);
    }

    private void AddRational(ushort tag, double value)
    {
        uint denominator = value == Math.Floor(value) ? 1 : value < uint.MaxValue / MostUnits ? MostUnits : 1;
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Clamp(Math.Round(value * denominator), 0, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), denominator);
        _entries[tag] = Entry.Of(Rational, 1, bytes);
    }

    private readonly record struct Entry(ushort Type, uint Count, byte[] Value)
    {
        internal static Entry Of(ushort type, int count, byte[] value) => new(type, (uint)count, value);
    }
}
