using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Reads a PNG row by row: inflates and unfilters one row at a time (PNG specification, third edition, sections 9 and 10).
/// </summary>
internal sealed class PngRowSource : RowSource
{
    private const int PaletteEntry = 3;

    private readonly PngChunkReader _chunks;
    private readonly RowSourceOptions _options;
    private readonly PngHeader _header;
    private readonly List<MetadataChunk> _metadata = [];
    private readonly PngDataStream _data;
    private readonly ZLibStream _inflated;

    /// <summary>The filter byte and a row; the row before it.</summary>
    private byte[] _current;
    private byte[] _previous;

    /// <summary>Samples of 8 bits where a row does not hold them already.</summary>
    private readonly byte[] _expanded = [];
    private readonly int[]? _transparentColor;
    private byte[] _palette = [];
    private readonly byte[] _paletteAlpha = [];
    private int _metadataSize;

    internal PngRowSource(Stream stream, RowSourceOptions options, bool leaveOpen)
        : base(stream, leaveOpen)
    {
        _options = options;
        _chunks = new PngChunkReader(stream);
        _chunks.ReadSignature();
        _chunks.Next();
        if (_chunks.Type != PngChunks.Header || _chunks.Left != PngChunks.HeaderLength)
        {
            throw PngChunkReader.Corrupt("it does not start with its header");
        }

        _header = PngHeader.Parse(_chunks.ReadAll(PngChunks.HeaderLength), options);
        byte[] transparency = ReadUpToData();
        bool alpha = transparency.Length > 0;
        int channels = _header.Color switch
        {
            PngColor.Grey => alpha ? 2 : 1,
            PngColor.Palette or PngColor.Rgb => alpha ? 4 : 3,
            _ => _header.Samples,
        };
        if (_header.Color == PngColor.Palette)
        {
            _paletteAlpha = transparency;
        }
        else if (alpha)
        {
            _transparentColor = ParseTransparentColor(transparency);
        }

        Format = new RowFormat(_header.Width, _header.Height, channels, Math.Max(8, _header.Depth)) { Metadata = _metadata };
        _current = new byte[checked(_header.RowBytes + 1)];
        _previous = new byte[_current.Length];
        if (channels != _header.Samples || _header.Depth < 8)
        {
            _expanded = new byte[checked(_header.Width * channels * (Format.Bits / 8))];
        }

        _data = new PngDataStream(_chunks);
        _inflated = new ZLibStream(_data, CompressionMode.Decompress);
    }

    /// <inheritdoc/>
    public override RowFormat Format { get; }

    /// <inheritdoc/>
    protected override void ReadRow(int row, ImageTensor destination, int destinationRow)
    {
        (_current, _previous) = (_previous, _current);
        if (Inflate(_current) < _current.Length)
        {
            throw PngChunkReader.Truncated(Invariant($"row {row} of {_header.Height}: its pixel data end there"));
        }

        if (!PngFilters.TryUndo(_current[0], _current.AsSpan(1), _previous.AsSpan(1), _header.FilterStep))
        {
            throw PngChunkReader.Corrupt(Invariant($"row {row} has the filter {_current[0]}, and there are 0 to 4"));
        }

        ReadOnlySpan<byte> samples = _current.AsSpan(1);
        if (_expanded.Length > 0)
        {
            Expand(samples, row);
            samples = _expanded;
        }

        if (Format.Bits == 16)
        {
            RowBand.Spread16(samples, destination, destinationRow, ushort.MaxValue);
        }
        else
        {
            RowBand.Spread8(samples, destination, destinationRow);
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        // The inflater compares its checksum at the end of the data, behind the last byte.
        Span<byte> one = stackalloc byte[1];
        if (Inflate(one) > 0)
        {
            throw PngChunkReader.Corrupt("it has more pixel data than rows");
        }

        _data.SkipToEnd();
        while (_chunks.Type != PngChunks.End)
        {
            if (_chunks.Type == PngChunks.Data)
            {
                throw PngChunkReader.Corrupt("its pixel data are not in one piece");
            }

            TakeOrSkip();
            _chunks.Next();
        }

        _chunks.Skip();
    }

    /// <inheritdoc/>
    protected override void Free() => _inflated.Dispose();

    /// <summary>Reads chunks up to the first one with pixels.</summary>
    /// <returns>The contents of the chunk for transparency; empty where there is none.</returns>
    private byte[] ReadUpToData()
    {
        byte[] transparency = [];
        bool seen = false;
        for (_chunks.Next(); _chunks.Type != PngChunks.Data; _chunks.Next())
        {
            switch (_chunks.Type)
            {
                case PngChunks.Palette:
                    ReadPalette();
                    break;
                case PngChunks.Transparency:
                    seen = !seen ? true : throw PngChunkReader.Corrupt("it has two chunks for transparency");
                    ThrowUnlessTransparencyFits(_chunks.Left);
                    transparency = _chunks.ReadAll(_chunks.Left);
                    break;
                case PngChunks.AnimationControl when !_options.FirstFrameOnly:
                    throw RowErrors.Animated();
                case PngChunks.End:
                    throw PngChunkReader.Corrupt("it has no pixel data");
                default:
                    TakeOrSkip();
                    break;
            }
        }

        return _header.Color != PngColor.Palette || _palette.Length > 0
            ? transparency
            : throw PngChunkReader.Corrupt("its pixels are numbers of a palette and it has none");
    }

    private void ReadPalette()
    {
        if (_palette.Length > 0 || _chunks.Left == 0 || _chunks.Left % PaletteEntry != 0 || _chunks.Left > 256 * PaletteEntry)
        {
            throw PngChunkReader.Corrupt(Invariant($"its palette has {_chunks.Left} bytes, or there are two"));
        }

        _palette = _chunks.ReadAll(256 * PaletteEntry);
    }

    private void ThrowUnlessTransparencyFits(int length)
    {
        bool fits = _header.Color switch
        {
            PngColor.Grey => length == 2,
            PngColor.Rgb => length == 6,
            PngColor.Palette => length >= 1 && length <= _palette.Length / PaletteEntry,
            _ => false,
        };
        if (!fits)
        {
            throw PngChunkReader.Corrupt(Invariant($"its chunk for transparency has {length} bytes, which does not fit its colours"));
        }
    }

    private int[] ParseTransparentColor(byte[] data)
    {
        var color = new int[_header.Samples];
        for (int i = 0; i < color.Length; i++)
        {
            color[i] = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(2 * i)) & ((1 << _header.Depth) - 1);
        }

        return color;
    }

    private void TakeOrSkip()
    {
        string type = _chunks.Type;
        if (PngChunks.IsCritical(type) && type != PngChunks.Palette)
        {
            throw PngChunkReader.Corrupt($"it has a chunk {type}, which is needed to read it and which the format does not know here");
        }

        if (!PngChunks.IsMetadata(type))
        {
            _chunks.Skip();
            return;
        }

        byte[] data = _chunks.ReadAll(_options.MaximumMetadataSize - _metadataSize);
        _metadataSize += data.Length;
        _metadata.Add(new MetadataChunk(type, data));
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return _inflated.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new ImageFileException(PngChunkReader.Corrupt("its compressed pixel data are damaged").Message, e);
        }
    }

    /// <summary>Makes samples of 8 or 16 bits, with alpha where a colour or entries of the palette are transparent.</summary>
    private void Expand(ReadOnlySpan<byte> raw, int row)
    {
        int channels = Format.Channels, colors = Format.ColorChannels, depth = _header.Depth;
        for (int x = 0; x < _header.Width; x++)
        {
            if (_header.Color == PngColor.Palette)
            {
                int index = Sample(raw, x, depth);
                if (index * PaletteEntry >= _palette.Length)
                {
                    throw PngChunkReader.Corrupt(Invariant($"row {row} has the palette's entry {index}, ")
                        + Invariant($"and there are {_palette.Length / PaletteEntry}"));
                }

                Span<byte> pixel = _expanded.AsSpan(x * channels, channels);
                _palette.AsSpan(index * PaletteEntry, PaletteEntry).CopyTo(pixel);
                if (channels == 4)
                {
                    pixel[3] = index < _paletteAlpha.Length ? _paletteAlpha[index] : byte.MaxValue;
                }

                continue;
            }

            bool transparent = _transparentColor is not null;
            for (int c = 0; c < colors; c++)
            {
                int level = Sample(raw, (x * colors) + c, depth);
                transparent &= _transparentColor is null || level == _transparentColor[c];
                Put((x * channels) + c, depth < 8 ? level * (byte.MaxValue / ((1 << depth) - 1)) : level);
            }

            if (channels > colors)
            {
                Put((x * channels) + colors, transparent ? 0 : ushort.MaxValue);
            }
        }
    }

    private void Put(int index, int level)
    {
        if (Format.Bits == 16)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_expanded.AsSpan(2 * index), (ushort)level);
        }
        else
        {
            _expanded[index] = (byte)level;
        }
    }

    private static int Sample(ReadOnlySpan<byte> raw, int index, int depth) => depth switch
    {
        8 => raw[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(raw[(2 * index)..]),
        _ => (raw[index * depth / 8] >> (8 - depth - (index * depth % 8))) & ((1 << depth) - 1),
    };
}
