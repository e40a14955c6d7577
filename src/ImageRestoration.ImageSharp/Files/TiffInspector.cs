using System.Buffers.Binary;
using ImageRestoration.Photos;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Reads the first directory of a TIFF file, checks that the pixels it announces are there, and counts the other directories.
/// Reference: TIFF 6.0, sections 2 to 8, 14, 15 and 18, and Adobe's technical notes for Deflate.
/// </summary>
internal static class TiffInspector
{
    private const int HeaderLength = 8;
    private const int EntryLength = 12;
    private const ushort ByteType = 1;
    private const ushort UndefinedType = 7;
    private const uint Unsigned = 1;
    private const uint Float = 3;

    /// <summary>Says what is wrong with a file that has the signature.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="facts">What the file says of itself, where nothing is wrong.</param>
    /// <param name="cancellationToken">Stops at the next directory.</param>
    /// <returns>A sentence without its subject and full stop, or <see langword="null"/> if nothing is.</returns>
    internal static string? FindFault(ReadOnlySpan<byte> file, out FileFacts facts, CancellationToken cancellationToken = default)
    {
        facts = new FileFacts(PhotoFormat.Tiff, 0, 0);
        if (file.Length < HeaderLength)
        {
            return "is truncated: its TIFF header ends early";
        }

        if (file[2] + file[3] != 42)
        {
            facts = facts with { Unsupported = "is a BigTIFF, whose offsets have 64 bits" };
            return null;
        }

        var directory = new TiffDirectory(file, file[0] == 'I', UInt32(file[4..], file[0] == 'I'));
        if (!directory.IsWhole)
        {
            return "is truncated: its TIFF directory lies behind its end";
        }

        string? fault = ReadKind(directory, ref facts);
        return fault is not null || facts.Unsupported is not null || facts.IsCmyk
            ? fault
            : FindFaultOfPixels(directory, ref facts) ?? CountPages(file, directory, ref facts, cancellationToken);
    }

    private static string? ReadKind(TiffDirectory directory, ref FileFacts facts)
    {
        facts = facts with { Width = directory.Number(TiffTags.ImageWidth, 0), Height = directory.Number(TiffTags.ImageLength, 0) };
        if (facts.Width is 0 or > int.MaxValue || facts.Height is 0 or > int.MaxValue)
        {
            return "is corrupt: its TIFF directory says no width or no height";
        }

        long photometric = directory.Number(TiffTags.Photometric, TiffTags.Rgb);
        long samples = directory.Number(TiffTags.SamplesPerPixel, 1);
        uint[] bits = directory.Numbers(TiffTags.BitsPerSample);
        if (photometric == TiffTags.Separated)
        {
            facts = facts with { IsCmyk = true };
            return null;
        }

        bool grey = photometric is TiffTags.GreyFromWhite or TiffTags.GreyFromBlack && samples == 1;
        bool color = photometric == TiffTags.Rgb && samples is 3 or 4;
        if (!grey && !color)
        {
            return Unsupported(
                ref facts,
                Invariant($"is a TIFF of a kind that is not read: colours of kind {photometric} with {samples} samples a pixel; ")
                    + "read are grey (kinds 0 and 1) with 1 sample and RGB (kind 2) with 3, or 4 with alpha");
        }

        uint[] formats = directory.Numbers(TiffTags.SampleFormat);
        bool unsigned = !formats.AsSpan().ContainsAnyExcept(Unsigned);
        if (bits.Length != samples || bits[0] is not (8 or 16) || bits.AsSpan().ContainsAnyExcept(bits[0]) || !unsigned)
        {
            string kind = unsigned ? ""
                : formats.AsSpan().Contains(Float) ? " that are floating-point numbers"
                : " that are no unsigned integers";
            return Unsupported(
                ref facts,
                $"is a TIFF with samples of {string.Join(", ", bits)} bits{kind}, "
                    + "of which only unsigned integers of 8 or 16 bits are read: scale it to 0…65535 and save it with 16 bits");
        }

        if (samples == 4 && directory.Number(TiffTags.ExtraSamples, 0) != TiffTags.UnassociatedAlpha)
        {
            return "is a TIFF whose fourth channel is no alpha channel or has been multiplied into the colours, "
                + "which cannot be undone without loss";
        }

        facts = facts with { IsGrey = grey, Bits = (int)bits[0], HasAlpha = samples == 4 };
        return null;
    }

    private static string? FindFaultOfPixels(TiffDirectory directory, ref FileFacts facts)
    {
        const string missing = "is truncated: its TIFF pixel data lie behind its end";
        long compression = directory.Number(TiffTags.Compression, TiffTags.Uncompressed);
        bool known = compression is TiffTags.Uncompressed or TiffTags.Lzw or TiffTags.Deflate or TiffTags.OldDeflate or TiffTags.PackBits;
        if (!known || directory.Number(TiffTags.FillOrder, 1) != 1)
        {
            return Unsupported(
                ref facts, Invariant($"is a TIFF compressed in a way that is not read (compression {compression}); read are none, LZW, ")
                    + "Deflate and PackBits");
        }

        uint predictor = directory.Number(TiffTags.Predictor, TiffTags.NoPredictor);
        if (predictor is not (TiffTags.NoPredictor or TiffTags.HorizontalPredictor))
        {
            return Unsupported(
                ref facts,
                $"is a TIFF whose samples are predicted in a way that is not read (predictor {predictor}); "
                    + "read are none (1) and horizontal differencing (2)");
        }

        if (!TiffBlocks.TryCreate(directory, facts, out TiffBlocks blocks))
        {
            return "is corrupt: its TIFF directory does not say where its pixels are";
        }

        List<DeflatedBlock> deflated = [];
        for (int i = 0; i < blocks.Count; i++)
        {
            long length = blocks.LengthOf(i);
            bool tooShort = compression == TiffTags.Uncompressed && blocks.Counts[i] < length;
            if (tooShort || blocks.Offsets[i] + (long)blocks.Counts[i] > directory.FileLength)
            {
                return missing;
            }

            if (compression is TiffTags.Deflate or TiffTags.OldDeflate)
            {
                deflated.Add(new DeflatedBlock((int)blocks.Offsets[i]..(int)(blocks.Offsets[i] + blocks.Counts[i]), length));
            }
        }

        facts = facts with { Deflated = deflated, Tiles = blocks.Tiles, Icc = directory.Bytes(TiffTags.Icc) };
        return null;
    }

    private static string? Unsupported(ref FileFacts facts, string kind)
    {
        facts = facts with { Unsupported = kind };
        return null;
    }

    // Thumbnails and masks beside the picture are no pages. Directories that lie apart have room in the file; those that share bytes, or
    // lead in a circle, could make any number of a small one.
    private static string? CountPages(
        ReadOnlySpan<byte> file, TiffDirectory first, ref FileFacts facts, CancellationToken cancellationToken)
    {
        long pages = 1, room = file.Length - HeaderLength - first.Length;
        uint next = first.Next;
        while (next != 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var directory = new TiffDirectory(file, first.IsLittleEndian, next);
            room -= directory.Length;
            if (!directory.IsWhole || room < 0)
            {
                return "is corrupt: its TIFF directories lead nowhere or lie over one another";
            }

            pages += (directory.Number(TiffTags.NewSubfileType, 0) & 0b101) == 0 ? 1 : 0;
            next = directory.Next;
        }

        facts = facts with { Frames = pages };
        return null;
    }

    private static uint UInt32(ReadOnlySpan<byte> data, bool little)
        => little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);

    /// <summary>One directory of the file.</summary>
    internal readonly ref struct TiffDirectory
    {
        private readonly ReadOnlySpan<byte> _file;
        private readonly ReadOnlySpan<byte> _entries;

        internal TiffDirectory(ReadOnlySpan<byte> file, bool little, uint offset)
        {
            _file = file;
            IsLittleEndian = little;
            if (offset + 2L > file.Length)
            {
                return;
            }

            int count = UInt16(file[(int)offset..]);
            int length = count * EntryLength;
            if (offset + 2L + length + 4 <= file.Length)
            {
                IsWhole = true;
                _entries = file.Slice((int)offset + 2, length);
                Next = UInt32(file[((int)offset + 2 + length)..], little);
                for (int i = 0; i < count && IsWhole; i++)
                {
                    IsWhole = HasValues(_entries.Slice(i * EntryLength, EntryLength));
                }
            }
        }

        internal bool IsLittleEndian { get; }

        /// <summary>Whether the directory and the values that matter lie within the file.</summary>
        internal bool IsWhole { get; }

        internal uint Next { get; }

        /// <summary>Bytes of the directory without the values elsewhere.</summary>
        internal int Length => 2 + _entries.Length + 4;

        internal long FileLength => _file.Length;

        internal uint Number(ushort tag, uint otherwise) => Numbers(tag, most: 1) is [uint first, ..] ? first : otherwise;

        /// <summary>The values of a tag that are unsigned integers, or none where the tag is missing or no such thing.</summary>
        internal uint[] Numbers(ushort tag, int most = int.MaxValue)
        {
            for (ReadOnlySpan<byte> entry = _entries; entry.Length >= EntryLength; entry = entry[EntryLength..])
            {
                if (UInt16(entry) == tag)
                {
                    int width = WidthOf(entry);
                    long count = UInt32(entry[4..], IsLittleEndian);
                    ReadOnlySpan<byte> values = entry[8..12];
                    if (width * count > values.Length)
                    {
                        uint offset = UInt32(values, IsLittleEndian);
                        values = offset + (width * count) <= _file.Length ? _file.Slice((int)offset, (int)(width * count)) : [];
                    }

                    return width == 0 || values.Length < width * count ? [] : Read(values, width, (int)Math.Min(count, most));
                }
            }

            return [];
        }

        /// <summary>The bytes of a tag, or none where it is missing or holds something else.</summary>
        internal byte[] Bytes(ushort tag)
        {
            for (ReadOnlySpan<byte> entry = _entries; entry.Length >= EntryLength; entry = entry[EntryLength..])
            {
                if (UInt16(entry) == tag && UInt16(entry[2..]) is ByteType or UndefinedType)
                {
                    uint count = UInt32(entry[4..], IsLittleEndian);
                    uint offset = UInt32(entry[8..], IsLittleEndian);
                    return count <= 4 ? entry.Slice(8, (int)count).ToArray()
                        : offset + (long)count <= _file.Length ? _file.Slice((int)offset, (int)count).ToArray()
                        : [];
                }
            }

            return [];
        }

        // Values of tags that nothing depends on may be broken, as other readers put up with them.
        private bool HasValues(ReadOnlySpan<byte> entry)
        {
            int width = WidthOf(entry);
            long length = width * (long)UInt32(entry[4..], IsLittleEndian);
            return length <= 4 || !TiffTags.IsOfTheFile(UInt16(entry)) || UInt32(entry[8..], IsLittleEndian) + length <= _file.Length;
        }

        private int WidthOf(ReadOnlySpan<byte> entry) => UInt16(entry[2..]) switch
        {
            ByteType => 1,
            3 => 2,
            4 => 4,
            _ => 0,
        };

        private uint[] Read(ReadOnlySpan<byte> values, int width, int count)
        {
            var numbers = new uint[count];
            for (int i = 0; i < count; i++)
            {
                numbers[i] = width switch
                {
                    1 => values[i],
                    2 => UInt16(values[(2 * i)..]),
                    _ => UInt32(values[(4 * i)..], IsLittleEndian),
                };
            }

            return numbers;
        }

        private ushort UInt16(ReadOnlySpan<byte> data)
            => IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);
    }
}
