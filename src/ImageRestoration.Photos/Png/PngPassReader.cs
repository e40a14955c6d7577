using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>
/// Decodes interlaced PNGs. Each pass is itself a picture in rows, so it is read by the reader of <see cref="RowFile"/>, and its pixels
/// are put where they belong.
/// </summary>
internal static class PngPassReader
{
    /// <summary>Decodes a file that its inspector found whole.</summary>
    internal static (ImageTensor Color, ImageTensor? Alpha) Read(
        ReadOnlyMemory<byte> file, PngLayout layout, RowSourceOptions options, CancellationToken cancellationToken)
    {
        (int width, int height) = ((int)layout.Facts.Width, (int)layout.Facts.Height);
        using var data = new ZLibStream(new PiecesStream(file, layout.Data), CompressionMode.Decompress);
        ImageTensor? color = null;
        ImageTensor? alpha = null;
        try
        {
            foreach (PngPass pass in PngPixels.Passes)
            {
                (int columns, int rows) = ((int)pass.Columns(width), (int)pass.Rows(height));
                if (columns > 0 && rows > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using IRowSource source = RowFile.Open(Extract(file.Span, layout.Pixels, data, columns, rows), options);
                    int channels = source.Format.Channels;
                    color ??= ImageTensor.CreateUninitialized(ImageShape.Single(channels < 3 ? 1 : 3, height, width));
                    alpha ??= channels % 2 == 0 ? ImageTensor.CreateUninitialized(ImageShape.Single(1, height, width)) : null;
                    Spread(source, pass, color, alpha);
                }
            }

            // The checksum is compared at the end of the data, behind the last byte.
            _ = data.ReadByte();
            return (color!, alpha);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            color?.Dispose();
            alpha?.Dispose();
            throw e is EndOfStreamException
                ? PngChunkReader.Truncated("its pixel data, which end before the last row")
                : PngChunkReader.Corrupt("its compressed pixel data are damaged");
        }
        catch
        {
            color?.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    /// <summary>Makes a PNG of the next pass.</summary>
    private static MemoryStream Extract(ReadOnlySpan<byte> file, PngPixels pixels, ZLibStream data, int columns, int rows)
    {
        var png = new MemoryStream();
        png.Write(PngChunks.Signature);
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, pixels.Depth, pixels.Color, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        PngChunks.Write(png, PngChunks.Header, header);
        WriteCopy(png, PngChunks.Palette, file[pixels.Palette]);
        WriteCopy(png, PngChunks.Transparency, file[pixels.Transparency]);
        byte[] row = new byte[pixels.RowBytes(columns) + 1];
        using (MemoryStream packed = new())
        {
            // Stored rather than compressed: it is unpacked again at once.
            using (var stored = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            {
                for (int y = 0; y < rows; y++)
                {
                    data.ReadExactly(row);
                    stored.Write(row);
                }
            }

            PngChunks.Write(png, PngChunks.Data, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        }

        PngChunks.Write(png, PngChunks.End, default);
        png.Position = 0;
        return png;
    }

    private static void WriteCopy(Stream png, string type, ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty)
        {
            PngChunks.Write(png, type, content);
        }
    }

    private static void Spread(IRowSource source, PngPass pass, ImageTensor color, ImageTensor? alpha)
    {
        using ImageTensor row = ImageTensor.CreateUninitialized(ImageShape.Single(source.Format.Channels, 1, source.Format.Width));
        for (int y = 0; y < source.Format.Height; y++)
        {
            source.Read(row, 0, 1);
            for (int c = 0; c < row.Channels; c++)
            {
                ReadOnlySpan<float> values = row.Row(0, c, 0);
                int line = pass.Y + (y * pass.StepY);
                Span<float> target = (c < color.Channels ? color.Row(0, c, line) : alpha!.Row(0, 0, line))[pass.X..];
                for (int x = 0; x < values.Length; x++)
                {
                    target[x * pass.StepX] = values[x];
                }
            }
        }
    }
}
