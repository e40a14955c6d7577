using System.Buffers.Binary;

namespace ImageRestoration.Tests;

/// <summary>Writes uncompressed TIFF files of kinds that ordinary encoders do not write, damaged ones among them.</summary>
internal sealed class HandmadeTiff
{
    private readonly bool _little;
    private readonly SortedDictionary<ushort, uint[]> _tags = [];

    public HandmadeTiff(int width, int height, int bits, int samples, bool little = true)
    {
        _little = little;
        _tags[256] = [(uint)width];
        _tags[257] = [(uint)height];
        _tags[258] = [.. Enumerable.Repeat((uint)bits, samples)];
        _tags[259] = [1];
        _tags[262] = [samples == 1 ? 1u : 2u];
        _tags[277] = [(uint)samples];
        _tags[278] = [(uint)height];
    }

    public HandmadeTiff Tag(ushort tag, params uint[] values)
    {
        _tags[tag] = values;
        return this;
    }

    public HandmadeTiff Without(ushort tag)
    {
        _tags.Remove(tag);
        return this;
    }

    /// <summary>One strip or tile, or several of one length; then one directory for each page, all of the same pixels.</summary>
    public byte[] Write(ReadOnlySpan<byte> pixels, int blocks = 1, bool tiled = false, int pages = 1)
    {
        int start = 8;
        uint length = (uint)(pixels.Length / blocks);
        _tags[tiled ? (ushort)324 : (ushort)273] = [.. Enumerable.Range(0, blocks).Select(i => (uint)(start + (i * length)))];
        _tags[tiled ? (ushort)325 : (ushort)279] = [.. Enumerable.Repeat(length, blocks)];
        return WriteFile(pixels, start, pages);
    }

    /// <summary>Tiles of any lengths.</summary>
    public byte[] WriteTiles(IReadOnlyList<byte[]> tiles)
    {
        const int start = 8;
        _tags[324] = [.. tiles.Select((_, i) => (uint)(start + tiles.Take(i).Sum(tile => tile.Length)))];
        _tags[325] = [.. tiles.Select(tile => (uint)tile.Length)];
        return WriteFile([.. tiles.SelectMany(tile => tile)], start, pages: 1);
    }

    private byte[] WriteFile(ReadOnlySpan<byte> pixels, int start, int pages)
    {
        int directory = start + pixels.Length + (pixels.Length & 1);
        int size = 2 + (12 * _tags.Count) + 4 + _tags.Values.Sum(values => values.Length > 1 ? 4 * values.Length : 0);
        byte[] file = new byte[directory + (size * pages)];
        file[0] = file[1] = _little ? (byte)'I' : (byte)'M';
        UInt16(file.AsSpan(2), 42);
        UInt32(file.AsSpan(4), (uint)directory);
        pixels.CopyTo(file.AsSpan(start));
        for (int page = 0; page < pages; page++)
        {
            WriteDirectory(file, directory + (page * size), page == pages - 1 ? 0 : directory + ((page + 1) * size));
        }

        return file;
    }

    private void WriteDirectory(byte[] file, int position, int next)
    {
        UInt16(file.AsSpan(position), (ushort)_tags.Count);
        int entry = position + 2;
        int free = position + 2 + (12 * _tags.Count) + 4;
        foreach ((ushort tag, uint[] values) in _tags)
        {
            // Numbers that fit are shorts, as a reader expects of most tags; longer lists are longs.
            bool inline = values.Length == 1;
            bool shorts = tag is 258 or 259 or 262 or 274 or 277 or 284 or 338 or 339;
            UInt16(file.AsSpan(entry), tag);
            UInt16(file.AsSpan(entry + 2), shorts ? (ushort)3 : (ushort)4);
            UInt32(file.AsSpan(entry + 4), (uint)values.Length);
            Span<byte> target = inline || (shorts && values.Length == 2) ? file.AsSpan(entry + 8) : file.AsSpan(free);
            if (!inline && !(shorts && values.Length == 2))
            {
                UInt32(file.AsSpan(entry + 8), (uint)free);
                free += 4 * values.Length;
            }

            for (int i = 0; i < values.Length; i++)
            {
                if (shorts)
                {
                    UInt16(target[(2 * i)..], (ushort)values[i]);
                }
                else
                {
                    UInt32(target[(4 * i)..], values[i]);
                }
            }

            entry += 12;
        }

        UInt32(file.AsSpan(entry), (uint)next);
    }

    private void UInt16(Span<byte> target, ushort value)
    {
        if (_little)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, value);
        }
    }

    private void UInt32(Span<byte> target, uint value)
    {
        if (_little)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, value);
        }
    }
}
