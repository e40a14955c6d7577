using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Photos;

namespace ImageRestoration.NetVips;

/// <summary>
/// Takes out of a TIFF's directories what libvips does not. EXIF: the tags that do not say how pixels are stored, and the directories of
/// the camera, the place and interoperability. Damage: the checksums of Deflate data. References: CIPA DC-008 (EXIF 2.32), section 4.6;
/// TIFF 6.0, sections 2 and 8; BigTIFF design of libtiff.
/// </summary>
internal sealed class TiffDirectories
{
    private const ushort ExifDirectory = 34665;
    private const ushort PlaceDirectory = 34853;
    private const ushort InteroperabilityDirectory = 40965;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Long8 = 16;
    private const byte BigVersion = 43;
    private const int EntryLength = 12;
    private const int MostEntries = 4096;
    private const int MostBytes = 16 << 20;

    private readonly Stream _file;
    private readonly bool _little;
    private readonly bool _big;
    private int _bytes;

    private TiffDirectories(Stream file, bool little, bool big)
    {
        _file = file;
        _little = little;
        _big = big;
    }

    /// <summary>Makes an EXIF block.</summary>
    /// <param name="file">A TIFF or BigTIFF that can seek.</param>
    /// <returns>The block, in the file's byte order; empty where there is nothing, or where directories are damaged.</returns>
    internal static byte[] ReadExif(Stream file)
    {
        try
        {
            var directories = Open(file, out long first);
            SortedDictionary<ushort, Entry> entries = directories.ReadDirectory(first, isMain: true, tag => !TiffTags.IsOfTheFile(tag));
            return entries.Count == 0 ? [] : directories.Write(entries);
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException)
        {
            // Values of tags that no pixel depends on may be broken, as other readers put up with them.
            return [];
        }
    }

    /// <summary>Inflates the pixel data of a file, where they are Deflate, for a look at their checksums.</summary>
    /// <param name="file">A TIFF or BigTIFF.</param>
    /// <param name="cancellationToken">Stops between strips or tiles.</param>
    /// <returns>Whether all of them are right; a file whose directory cannot be read is left to libvips.</returns>
    internal static bool HasRightChecksums(byte[] file, CancellationToken cancellationToken)
    {
        try
        {
            var directories = Open(new MemoryStream(file, writable: false), out long first);
            SortedDictionary<ushort, Entry> entries = directories.ReadDirectory(first, isMain: true, TiffTags.IsOfTheFile);
            if (directories.Numbers(entries, TiffTags.Compression) is not [TiffTags.Deflate or TiffTags.OldDeflate])
            {
                return true;
            }

            bool tiled = entries.ContainsKey(TiffTags.TileOffsets);
            long[] offsets = directories.Numbers(entries, tiled ? TiffTags.TileOffsets : TiffTags.StripOffsets);
            long[] lengths = directories.Numbers(entries, tiled ? TiffTags.TileByteCounts : TiffTags.StripByteCounts);
            var parallel = new ParallelOptions { CancellationToken = cancellationToken };
            Parallel.For(0, Math.Min(offsets.Length, lengths.Length), parallel, i =>
            {
                if (offsets[i] >= 0 && lengths[i] > 0 && offsets[i] <= file.Length - lengths[i])
                {
                    using var packed = new MemoryStream(file, (int)offsets[i], (int)lengths[i], writable: false);
                    using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
                    inflated.CopyTo(Stream.Null);
                }
            });
            return true;
        }
        catch (EndOfStreamException)
        {
            return true;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is InvalidDataException))
        {
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static TiffDirectories Open(Stream file, out long first)
    {
        Span<byte> header = stackalloc byte[16];
        file.Position = 0;
        file.ReadExactly(header);
        var directories = new TiffDirectories(file, header[0] == 'I', header[2] == BigVersion || header[3] == BigVersion);
        first = directories.Offset(directories._big ? header[8..] : header[4..]);
        return directories;
    }

    private SortedDictionary<ushort, Entry> ReadDirectory(long position, bool isMain, Func<ushort, bool> takes)
    {
        (int head, int length) = _big ? (8, 20) : (2, EntryLength);
        byte[] start = ReadAt(position, head);
        long count = _big ? Offset(start) : UInt16(start);
        byte[] all = ReadAt(position + head, (int)Math.Min(count, MostEntries) * length);
        var entries = new SortedDictionary<ushort, Entry>();
        for (ReadOnlySpan<byte> entry = all; entry.Length >= length; entry = entry[length..])
        {
            ushort tag = UInt16(entry), type = UInt16(entry[2..]);
            if (isMain && !takes(tag))
            {
                continue;
            }

            ReadOnlySpan<byte> field = entry[(_big ? 12 : 8)..length];
            if (tag is ExifDirectory or PlaceDirectory or InteroperabilityDirectory)
            {
                // Directories of directories end here: only the first one may have some.
                if (isMain || tag == InteroperabilityDirectory)
                {
                    entries[tag] = new Entry(Long, 1, [], ReadDirectory(Offset(field), isMain: false, takes));
                }
            }
            else if (WidthOf(type) is > 0 and int width)
            {
                long values = _big ? Offset(entry[4..]) : UInt32(entry[4..]);
                long bytes = values <= MostBytes ? width * values : throw new InvalidDataException("A value is too long.");
                byte[] value = bytes <= field.Length ? field[..(int)bytes].ToArray() : ReadAt(Offset(field), (int)bytes);
                entries[tag] = new Entry(type, (uint)values, value, null);
            }
        }

        return entries;
    }

    private byte[] Write(SortedDictionary<ushort, Entry> entries)
    {
        using MemoryStream block = new();
        block.Write(_little ? "II\x2A\0"u8 : "MM\0\x2A"u8);
        block.Write(UInt32(8));
        Write(block, entries);
        return block.ToArray();
    }

    private void Write(MemoryStream block, SortedDictionary<ushort, Entry> entries)
    {
        // Entries first, without the link to another directory; behind them what does not fit into them.
        long position = block.Position;
        block.Write(UInt16((ushort)entries.Count));
        block.Position += (EntryLength * entries.Count) + 4;
        block.SetLength(block.Position);
        int index = 0;
        foreach ((ushort tag, Entry entry) in entries)
        {
            long behind = block.Length + (block.Length & 1);
            byte[] field = [.. entry.Value, 0, 0, 0, 0];
            if (entry.Directory is not null || entry.Value.Length > 4)
            {
                field = UInt32((uint)behind);
                block.SetLength(behind);
                block.Position = behind;
                if (entry.Directory is { } directory)
                {
                    Write(block, directory);
                }
                else
                {
                    block.Write(entry.Value);
                }
            }

            block.Position = position + 2 + (EntryLength * index++);
            block.Write([.. UInt16(tag), .. UInt16(entry.Type), .. UInt32(entry.Count), .. field[..4]]);
            block.Position = block.Length;
        }
    }

    /// <summary>The unsigned integers of a tag; none where it is missing or holds something else.</summary>
    private long[] Numbers(SortedDictionary<ushort, Entry> entries, ushort tag)
    {
        if (!entries.TryGetValue(tag, out Entry? entry) || entry.Type is not (Short or Long or Long8))
        {
            return [];
        }

        int width = WidthOf(entry.Type);
        var numbers = new long[entry.Value.Length / width];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> value = entry.Value.AsSpan(i * width);
            numbers[i] = entry.Type switch
            {
                Short => UInt16(value),
                Long => UInt32(value),
                _ => Offset(value),
            };
        }

        return numbers;
    }

    private byte[] ReadAt(long position, int length)
    {
        _bytes += length;
        if (_bytes > MostBytes || position < 0 || position > _file.Length - length)
        {
            throw new InvalidDataException("The directories are too long, or lie behind the file.");
        }

        byte[] bytes = new byte[length];
        _file.Position = position;
        _file.ReadExactly(bytes);
        return bytes;
    }

    private static int WidthOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 => 4,
        5 or 10 or 12 or Long8 => 8,
        _ => 0,
    };

    private long Offset(ReadOnlySpan<byte> data)
    {
        if (!_big)
        {
            return UInt32(data);
        }

        return _little ? BinaryPrimitives.ReadInt64LittleEndian(data) : BinaryPrimitives.ReadInt64BigEndian(data);
    }

    private ushort UInt16(ReadOnlySpan<byte> data)
        => _little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private uint UInt32(ReadOnlySpan<byte> data)
        => _little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);

    private byte[] UInt16(ushort value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, _little ? value : BinaryPrimitives.ReverseEndianness(value));
        return bytes;
    }

    private byte[] UInt32(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, _little ? value : BinaryPrimitives.ReverseEndianness(value));
        return bytes;
    }

    private sealed record Entry(ushort Type, uint Count, byte[] Value, SortedDictionary<ushort, Entry>? Directory);
}
