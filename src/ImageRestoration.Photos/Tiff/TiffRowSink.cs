using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Writes a TIFF row by row: strips compressed by Deflate on all processors, integers after horizontal differencing; a BigTIFF where
/// offsets of 32 bits may not do. Grey with alpha is written as RGB with alpha, which more programs read. The directory stands behind the
/// pixels. Reference: TIFF 6.0, sections 2 to 8, 14 and 18; BigTIFF design of libtiff.
/// </summary>
internal sealed class TiffRowSink : RowSink
{
    private const int StripBytes = 1 << 18;

    // Deflate may add some bytes, and there are directory and profiles.
    private const long MostClassicBytes = 4_000_000_000;

    private readonly List<long> _offsets = [];
    private readonly List<long> _lengths = [];
    private readonly OrderedBlocks<PooledStream> _blocks;
    private readonly TiffEntries _entries;
    private readonly int _samples;
    private readonly int _width;
    private readonly int _rowBytes;
    private readonly int _stripRows;
    private byte[] _strip;
    private int _count;

    internal TiffRowSink(Stream stream, RowFormat format, bool leaveOpen, long mostClassicBytes = MostClassicBytes)
        : base(stream, format, leaveOpen)
    {
        _samples = format.Channels == 2 ? 4 : format.Channels;
        _width = format.Bits / 8;
        _rowBytes = checked(format.Width * _samples * _width);
        _stripRows = Math.Clamp(StripBytes / _rowBytes, 1, format.Height);
        _strip = Rent();
        _blocks = new OrderedBlocks<PooledStream>(WriteStrip);
        _entries = TiffEntries.Create(
            PngMetadata.Parse(format.Metadata), (long)_rowBytes * format.Height > mostClassicBytes, out byte[] start);
        stream.Write(start);
    }

    /// <inheritdoc/>
    protected override void WriteRow()
    {
        Span<byte> row = _strip.AsSpan(_count * _rowBytes, _rowBytes);
        if (_samples == Format.Channels)
        {
            Samples.CopyTo(row);
        }
        else
        {
            Widen(Samples, row);
        }

        _count++;
        if (_count == _stripRows)
        {
            AddStrip();
        }
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_count > 0)
        {
            AddStrip();
        }

        _blocks.Finish();
        _entries.Add(PngMetadata.Parse(Format.Metadata));
        _entries.AddNumber(TiffTags.ImageWidth, (uint)Format.Width);
        _entries.AddNumber(TiffTags.ImageLength, (uint)Format.Height);
        _entries.Add(TiffTags.BitsPerSample, [.. Enumerable.Repeat((ushort)Format.Bits, _samples)]);
        _entries.Add(TiffTags.Compression, [TiffTags.Deflate]);
        _entries.Add(TiffTags.Photometric, [_samples == 1 ? TiffTags.GreyFromBlack : TiffTags.Rgb]);
        _entries.AddOffsets(TiffTags.StripOffsets, _offsets);
        _entries.Add(TiffTags.SamplesPerPixel, [(ushort)_samples]);
        _entries.AddNumber(TiffTags.RowsPerStrip, (uint)_stripRows);
        _entries.AddOffsets(TiffTags.StripByteCounts, _lengths);
        _entries.Add(TiffTags.PlanarConfiguration, [1]);
        _entries.Add(TiffTags.Predictor, [Format.Bits == 32 ? TiffTags.NoPredictor : TiffTags.HorizontalPredictor]);
        if (_samples == 4)
        {
            _entries.Add(TiffTags.ExtraSamples, [TiffTags.UnassociatedAlpha]);
        }

        if (Format.Bits == 32)
        {
            _entries.Add(TiffTags.SampleFormat, [.. Enumerable.Repeat(TiffTags.FloatingPoint, _samples)]);
        }

        Align();
        long directory = Stream.Position;
        Stream.Write(_entries.ToBytes(directory));
        Stream.Position = _entries.LinkPosition;
        Span<byte> link = stackalloc byte[sizeof(long)];
        Stream.Write(link[.._entries.PutOffset(link, directory)]);
        Stream.Position = Stream.Length;
        Stream.Flush();
    }

    /// <inheritdoc/>
    protected override void Free() => ArrayPool<byte>.Shared.Return(_strip);

    private byte[] Rent() => ArrayPool<byte>.Shared.Rent(checked(_stripRows * _rowBytes));

    private void Widen(ReadOnlySpan<byte> greyAlpha, Span<byte> row)
    {
        for (int x = 0; x < Format.Width; x++)
        {
            ReadOnlySpan<byte> grey = greyAlpha.Slice(2 * x * _width, _width);
            Span<byte> pixel = row.Slice(4 * x * _width, 4 * _width);
            grey.CopyTo(pixel);
            grey.CopyTo(pixel[_width..]);
            grey.CopyTo(pixel[(2 * _width)..]);
            greyAlpha.Slice(((2 * x) + 1) * _width, _width).CopyTo(pixel[(3 * _width)..]);
        }
    }

    private void AddStrip()
    {
        (byte[] strip, int rows) = (_strip, _count);
        _strip = Rent();
        _count = 0;
        _blocks.Add(() => Compress(strip, rows));
    }

    private PooledStream Compress(byte[] strip, int rows)
    {
        for (int y = 0; y < rows; y++)
        {
            Prepare(strip.AsSpan(y * _rowBytes, _rowBytes));
        }

        var compressed = new PooledStream(rows * _rowBytes / 2);
        using (var deflated = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflated.Write(strip.AsSpan(0, rows * _rowBytes));
        }

        ArrayPool<byte>.Shared.Return(strip);
        return compressed;
    }

    /// <summary>Makes of each sample its difference to the same sample of the pixel before, in the file's order of bytes.</summary>
    private void Prepare(Span<byte> row)
    {
        bool little = _entries.IsLittleEndian;
        switch (_width)
        {
            case 1:
                for (int i = row.Length - 1; i >= _samples; i--)
                {
                    row[i] -= row[i - _samples];
                }

                break;
            case 2:
                for (int i = row.Length - 2; i >= 0; i -= 2)
                {
                    int before = i >= 2 * _samples ? BinaryPrimitives.ReadUInt16BigEndian(row[(i - (2 * _samples))..]) : 0;
                    ushort difference = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(row[i..]) - before);
                    BinaryPrimitives.WriteUInt16LittleEndian(
                        row[i..], little ? difference : BinaryPrimitives.ReverseEndianness(difference));
                }

                break;
            default:
                for (int i = 0; little && i < row.Length; i += _width)
                {
                    row.Slice(i, _width).Reverse();
                }

                break;
        }
    }

    private void WriteStrip(PooledStream strip)
    {
        using (strip)
        {
            Align();
            _offsets.Add(Stream.Position);
            _lengths.Add(strip.Length);
            Stream.Write(strip.Written.Span);
        }
    }

    private void Align()
    {
        if ((Stream.Position & 1) != 0)
        {
            Stream.WriteByte(0);
        }
    }
}
