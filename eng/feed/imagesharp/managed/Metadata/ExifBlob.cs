using System.Buffers.Binary;

namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>Reads and writes the TIFF structure of an EXIF profile. Reading takes what it can and never throws.</summary>
internal static class ExifBlob
{
    private const ushort ExifPointer = 0x8769;
    private const ushort GpsPointer = 0x8825;

    public static List<ExifEntry> Read(ReadOnlySpan<byte> data)
    {
        List<ExifEntry> entries = [];
        if (data.Length < 8)
        {
            return entries;
        }

        bool little = data[0] == 'I' && data[1] == 'I';
        if (!little && !(data[0] == 'M' && data[1] == 'M'))
        {
            return entries;
        }

        ReadDirectory(entries, data, ReadUInt32(data[4..], little), ExifDirectory.Main, little);
        return entries;
    }

    public static byte[] Write(List<ExifEntry> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        List<ExifEntry> main = Of(entries, ExifDirectory.Main);
        List<ExifEntry> exif = Of(entries, ExifDirectory.Exif);
        List<ExifEntry> gps = Of(entries, ExifDirectory.Gps);
        uint start = 8;
        int pointers = (exif.Count > 0 ? 1 : 0) + (gps.Count > 0 ? 1 : 0);
        uint exifStart = start + Length(main, pointers);
        uint gpsStart = exifStart + (exif.Count > 0 ? Length(exif, 0) : 0);
        if (exif.Count > 0)
        {
            main.Add(Pointer(ExifPointer, exifStart));
        }

        if (gps.Count > 0)
        {
            main.Add(Pointer(GpsPointer, gpsStart));
        }

        using MemoryStream target = new();
        target.Write([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0]);
        WriteDirectory(target, main);
        if (exif.Count > 0)
        {
            WriteDirectory(target, exif);
        }

        if (gps.Count > 0)
        {
            WriteDirectory(target, gps);
        }

        return target.ToArray();
    }

    private static int Width(ExifDataType type) => type switch
    {
        ExifDataType.Byte or ExifDataType.Ascii or ExifDataType.SignedByte or ExifDataType.Undefined => 1,
        ExifDataType.Short or ExifDataType.SignedShort => 2,
        ExifDataType.Long or ExifDataType.SignedLong or ExifDataType.SingleFloat or ExifDataType.Ifd => 4,
        ExifDataType.Rational or ExifDataType.SignedRational or ExifDataType.DoubleFloat => 8,
        _ => 0,
    };

    private static void ReadDirectory(
        List<ExifEntry> entries,
        ReadOnlySpan<byte> data,
        uint offset,
        ExifDirectory directory,
        bool little)
    {
        if (offset > data.Length - 2)
        {
            return;
        }

        ReadOnlySpan<byte> table = data[(int)offset..];
        int count = ReadUInt16(table, little);
        table = table[2..];
        for (int i = 0; i < count && table.Length >= 12; i++, table = table[12..])
        {
            ushort tag = ReadUInt16(table, little);
            ExifDataType type = (ExifDataType)ReadUInt16(table[2..], little);
            uint number = ReadUInt32(table[4..], little);
            int width = Width(type);
            long size = (long)number * width;
            if (width == 0 || number == 0 || size > data.Length)
            {
                continue;
            }

            ReadOnlySpan<byte> source = table.Slice(8, 4);
            if (size > 4)
            {
                uint start = ReadUInt32(source, little);
                if (start > data.Length - size)
                {
                    continue;
                }

                source = data[(int)start..];
            }

            if (tag is ExifPointer or GpsPointer && directory == ExifDirectory.Main)
            {
                ReadDirectory(
                    entries,
                    data,
                    ReadUInt32(table[8..], little),
                    tag == ExifPointer ? ExifDirectory.Exif : ExifDirectory.Gps,
                    little);
            }
            else if (!entries.Exists(x => x.Tag == tag && x.Directory == directory))
            {
                byte[] value = source[..(int)size].ToArray();
                ToLittle(value, type, little);
                entries.Add(new ExifEntry(directory, tag, type, number, value));
            }
        }
    }

    private static void ToLittle(Span<byte> value, ExifDataType type, bool little)
    {
        // A rational is two numbers of four bytes.
        int width = type is ExifDataType.Rational or ExifDataType.SignedRational ? 4 : Width(type);
        for (int i = 0; !little && width > 1 && i < value.Length; i += width)
        {
            value.Slice(i, width).Reverse();
        }
    }

    private static List<ExifEntry> Of(List<ExifEntry> entries, ExifDirectory directory)
        => [.. entries.Where(x => x.Directory == directory).OrderBy(x => x.Tag)];

    private static ExifEntry Pointer(ushort tag, uint offset)
    {
        byte[] data = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(data, offset);
        return new ExifEntry(ExifDirectory.Main, tag, ExifDataType.Long, 1, data);
    }

    private static uint Length(List<ExifEntry> entries, int more)
        => (uint)(2 + ((entries.Count + more) * 12) + 4 + entries.Sum(x => x.Data.Length > 4 ? Even(x.Data.Length) : 0));

    private static int Even(int length) => length + (length & 1);

    private static void WriteDirectory(MemoryStream target, List<ExifEntry> entries)
    {
        entries.Sort((x, y) => x.Tag.CompareTo(y.Tag));
        uint dataStart = (uint)target.Position + 2 + (uint)(entries.Count * 12) + 4;
        using MemoryStream values = new();
        Span<byte> field = stackalloc byte[12];
        BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)entries.Count);
        target.Write(field[..2]);
        foreach (ExifEntry entry in entries)
        {
            field.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(field, entry.Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(field[2..], (ushort)entry.Type);
            BinaryPrimitives.WriteUInt32LittleEndian(field[4..], entry.Count);
            if (entry.Data.Length <= 4)
            {
                entry.Data.CopyTo(field[8..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(field[8..], dataStart + (uint)values.Length);
                values.Write(entry.Data);
                if ((entry.Data.Length & 1) != 0)
                {
                    values.WriteByte(0);
                }
            }

            target.Write(field);
        }

        field.Clear();
        target.Write(field[..4]);
        values.WriteTo(target);
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> data, bool little)
        => little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint ReadUInt32(ReadOnlySpan<byte> data, bool little)
        => little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);
}
