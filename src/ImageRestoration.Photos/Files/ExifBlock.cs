using System.Buffers.Binary;

namespace ImageRestoration.Photos;

/// <summary>
/// Looks into an EXIF block and changes the few values that a restored picture makes wrong; everything else stays bit for bit.
/// Reference: CIPA DC-008 (EXIF 2.32), sections 4.5 and 4.6; TIFF 6.0, section 2.
/// </summary>
internal readonly ref struct ExifBlock
{
    private const ushort Orientation = 0x0112;
    private const ushort ExifDirectory = 0x8769;
    private const ushort PixelXDimension = 0xA002;
    private const ushort PixelYDimension = 0xA003;
    private const int EntryLength = 12;

    private readonly Span<byte> _block;
    private readonly bool _little;

    private ExifBlock(Span<byte> block)
    {
        _block = block;
        _little = block[0] == 'I';
    }

    /// <summary>How the picture is to be turned, from 1 (not at all) to 8; 1 where the block does not say.</summary>
    internal static int OrientationOf(ReadOnlySpan<byte> exif)
    {
        if (!HasHeader(exif))
        {
            return 1;
        }

        var block = new ExifBlock(exif.ToArray());
        Span<byte> entry = block.Find(block.FirstDirectory, Orientation);
        int value = entry.IsEmpty ? 1 : block.UInt16(entry[8..]);
        return value is >= 1 and <= 8 ? value : 1;
    }

    /// <summary>A block that says nothing but how the picture is to be turned.</summary>
    internal static byte[] Create(int orientation)
        => [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>A copy without thumbnail, which would show the picture as it was before.</summary>
    /// <param name="exif">The block.</param>
    /// <param name="upright">Whether the copy is to say that the picture is upright.</param>
    /// <param name="swapped">Whether columns became rows.</param>
    internal static byte[] ForResult(ReadOnlySpan<byte> exif, bool upright, bool swapped)
    {
        byte[] copy = exif.ToArray();
        if (!HasHeader(copy))
        {
            return [];
        }

        var block = new ExifBlock(copy);
        block.CutBehind(block.FirstDirectory);
        if (upright)
        {
            Span<byte> entry = block.Find(block.FirstDirectory, Orientation);
            if (!entry.IsEmpty)
            {
                entry[8..12].Clear();
                block.Put16(entry[8..], 1);
            }
        }

        if (swapped && block.Find(block.FirstDirectory, ExifDirectory) is { IsEmpty: false } pointer)
        {
            uint directory = block.UInt32(pointer[8..]);
            Span<byte> width = block.Find(directory, PixelXDimension), height = block.Find(directory, PixelYDimension);
            if (!width.IsEmpty && !height.IsEmpty)
            {
                Span<byte> value = stackalloc byte[EntryLength - 2];
                width[2..].CopyTo(value);
                height[2..].CopyTo(width[2..]);
                value.CopyTo(height[2..]);
            }
        }

        return copy;
    }

    private uint FirstDirectory => UInt32(_block[4..]);

    private static bool HasHeader(ReadOnlySpan<byte> exif)
        => exif is [(byte)'I', (byte)'I', 42, 0, _, _, _, _, ..] or [(byte)'M', (byte)'M', 0, 42, _, _, _, _, ..];

    /// <summary>The entry of a tag; empty where there is none within the block.</summary>
    private Span<byte> Find(uint directory, ushort tag)
    {
        Span<byte> entries = EntriesOf(directory);
        for (; entries.Length >= EntryLength; entries = entries[EntryLength..])
        {
            if (UInt16(entries) == tag)
            {
                return entries[..EntryLength];
            }
        }

        return [];
    }

    private Span<byte> EntriesOf(uint directory)
    {
        if (directory + 2L > _block.Length)
        {
            return [];
        }

        int length = UInt16(_block[(int)directory..]) * EntryLength;
        return directory + 2L + length <= _block.Length ? _block.Slice((int)directory + 2, length) : [];
    }

    /// <summary>Ends the chain of directories, the second of which holds the thumbnail.</summary>
    private void CutBehind(uint directory)
    {
        long link = directory + 2L + EntriesOf(directory).Length;
        if (link + 4 <= _block.Length)
        {
            _block.Slice((int)link, 4).Clear();
        }
    }

    private ushort UInt16(ReadOnlySpan<byte> data)
        => _little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private uint UInt32(ReadOnlySpan<byte> data)
        => _little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);

    private void Put16(Span<byte> data, ushort value)
        => BinaryPrimitives.WriteUInt16LittleEndian(data, _little ? value : BinaryPrimitives.ReverseEndianness(value));
}
