using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ImageRestoration.Imaging;
using SixLabors.ImageSharp.Metadata;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Writes a picture as TIFF: strips compressed by Deflate after horizontal differencing. ImageSharp reads RGB of 16 bits and RGB with alpha,
/// but writes neither. Grey with alpha is written as RGB with alpha, because ImageSharp does not read it otherwise.
/// Reference: TIFF 6.0, sections 2 to 8, 14 and 18.
/// </summary>
internal sealed class TiffWriter
{
    private const int StripBytes = 1 << 18;

    private readonly Stream _stream;
    private readonly ImageTensor _image;
    private readonly ImageTensor? _alpha;
    private readonly int _bits;
    private readonly int _samples;
    private readonly int _rowBytes;

    private TiffWriter(Stream stream, ImageTensor image, ImageTensor? alpha, int bits)
    {
        _stream = stream;
        _image = image;
        _alpha = alpha;
        _bits = bits;
        _samples = alpha is null ? image.Channels : 4;
        _rowBytes = checked(image.Width * _samples * bits / 8);
    }

    /// <summary>Writes one picture of 1 or 3 channels.</summary>
    /// <param name="stream">An empty stream that can seek.</param>
    /// <param name="image">One picture.</param>
    /// <param name="alpha">Its alpha, or <see langword="null"/>.</param>
    /// <param name="bits">Bits per channel: 8 or 16.</param>
    /// <param name="metadata">Profiles and resolution, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between strips.</param>
    /// <exception cref="ImageFileException">A value is not a number, or the file would be too long.</exception>
    internal static void Write(Stream stream, ImageTensor image, ImageTensor? alpha, int bits, ImageMetadata? metadata, CancellationToken cancellationToken)
    {
        for (int c = 0; c < image.Channels; c++)
        {
            PixelWriter.ThrowIfNotANumber(image, 0, c, "Picture");
        }

        if (alpha is not null)
        {
            PixelWriter.ThrowIfNotANumber(alpha, 0, 0, "The alpha of picture");
        }

        new TiffWriter(stream, image, alpha, bits).Write(metadata, cancellationToken);
    }

    private void Write(ImageMetadata? metadata, CancellationToken cancellationToken)
    {
        TiffEntries entries = TiffEntries.Create(metadata, out byte[] start);
        _stream.Write(start);
        int rows = Math.Clamp(StripBytes / _rowBytes, 1, _image.Height);
        var offsets = new uint[(_image.Height + rows - 1) / rows];
        var counts = new uint[offsets.Length];
        for (int strip = 0; strip < offsets.Length; strip++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Align();
            offsets[strip] = Position();
            WriteStrip(strip * rows, Math.Min(rows, _image.Height - (strip * rows)));
            counts[strip] = Position() - offsets[strip];
        }

        entries.Add(TiffTags.ImageWidth, (uint)_image.Width);
        entries.Add(TiffTags.ImageLength, (uint)_image.Height);
        entries.Add(TiffTags.BitsPerSample, [.. Enumerable.Repeat((ushort)_bits, _samples)]);
        entries.Add(TiffTags.Compression, TiffTags.Deflate);
        entries.Add(TiffTags.Photometric, _samples == 1 ? TiffTags.GreyFromBlack : TiffTags.Rgb);
        entries.Add(TiffTags.StripOffsets, offsets);
        entries.Add(TiffTags.SamplesPerPixel, [(ushort)_samples]);
        entries.Add(TiffTags.RowsPerStrip, (uint)rows);
        entries.Add(TiffTags.StripByteCounts, counts);
        entries.Add(TiffTags.PlanarConfiguration, [(ushort)1]);
        entries.Add(TiffTags.Predictor, TiffTags.HorizontalPredictor);
        if (_alpha is not null)
        {
            entries.Add(TiffTags.ExtraSamples, TiffTags.UnassociatedAlpha);
        }

        Align();
        uint directory = Position();
        _stream.Write(entries.ToBytes(directory));
        Position();
        _stream.Position = 4;
        Span<byte> pointer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(pointer, directory);
        _stream.Write(pointer);
        _stream.Position = _stream.Length;
    }

    private void WriteStrip(int top, int rows)
    {
        float[] scratch = ArrayPool<float>.Shared.Rent(_image.Width);
        int[] plane = ArrayPool<int>.Shared.Rent(_image.Width);
        ushort[] row = ArrayPool<ushort>.Shared.Rent(_image.Width * _samples);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(_rowBytes);
        try
        {
            using var compressed = new ZLibStream(_stream, CompressionLevel.Optimal, leaveOpen: true);
            for (int y = top; y < top + rows; y++)
            {
                for (int sample = 0; sample < _samples; sample++)
                {
                    ReadOnlySpan<float> values = sample == 3 ? _alpha!.Row(0, 0, y) : _image.Row(0, _image.Channels == 1 ? 0 : sample, y);
                    Span<int> quantized = plane.AsSpan(0, values.Length);
                    PixelWriter.Quantize(values, scratch.AsSpan(0, values.Length), quantized, _bits == 16 ? ushort.MaxValue : byte.MaxValue);

                    // Each sample as its difference to the same sample of the pixel before.
                    int before = 0;
                    for (int x = 0, i = sample; x < quantized.Length; x++, i += _samples)
                    {
                        row[i] = (ushort)(quantized[x] - before);
                        before = quantized[x];
                    }
                }

                compressed.Write(ToBytes(row.AsSpan(0, _image.Width * _samples), bytes));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
            ArrayPool<int>.Shared.Return(plane);
            ArrayPool<ushort>.Shared.Return(row);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private ReadOnlySpan<byte> ToBytes(Span<ushort> row, byte[] bytes)
    {
        if (_bits == 16)
        {
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(row, row);
            }

            return MemoryMarshal.AsBytes(row);
        }

        for (int i = 0; i < row.Length; i++)
        {
            bytes[i] = (byte)row[i];
        }

        return bytes.AsSpan(0, row.Length);
    }

    private void Align()
    {
        if ((_stream.Position & 1) != 0)
        {
            _stream.WriteByte(0);
        }
    }

    private uint Position()
        => _stream.Position <= uint.MaxValue
            ? (uint)_stream.Position
            : throw new ImageFileException("The picture needs more than the 4 GiB that a TIFF can have. Save it as .png.");
}
