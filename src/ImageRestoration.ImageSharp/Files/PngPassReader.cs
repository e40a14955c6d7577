using System.Buffers.Binary;
using System.IO.Compression;
using ImageRestoration.Imaging;
using ImageRestoration.Tiling;
using SixLabors.ImageSharp;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Decodes the PNGs that ImageSharp must not decode. Each pass of an interlaced picture is itself a picture in rows, so it is read by
/// the reader of <see cref="RowFile"/>, and its pixels are put where they belong.
/// </summary>
internal static class PngPassReader
{
    private static readonly RowSourceOptions _unbounded = new() { MaximumPixels = long.MaxValue, MaximumWidth = int.MaxValue };

    /// <summary>Decodes a file that its inspector found whole.</summary>
    internal static Image Decode(byte[] file, int length, FileFacts facts, CancellationToken cancellationToken)
    {
        PngPixels pixels = facts.Png!;
        (int width, int height) = ((int)facts.Width, (int)facts.Height);
        using var data = new ZLibStream(new PiecesStream(file, facts.Deflated[0].Pieces), CompressionMode.Decompress);
        ImageTensor? color = null;
        ImageTensor? alpha = null;
        try
        {
            foreach (PngPass pass in pixels.Passes)
            {
                (int columns, int rows) = ((int)pass.Columns(width), (int)pass.Rows(height));
                if (columns > 0 && rows > 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    using IRowSource source = RowFile.Open(Extract(file, pixels, data, columns, rows), _unbounded);
                    int channels = source.Format.Channels;
                    color ??= ImageTensor.CreateUninitialized(ImageShape.Single(channels < 3 ? 1 : 3, height, width));
                    alpha ??= channels % 2 == 0 ? ImageTensor.CreateUninitialized(ImageShape.Single(1, height, width)) : null;
                    Spread(source, pass, color, alpha);
                }
            }

            Image image = PixelWriter.Write(color!, 0, alpha, facts.Bits);
            AddMetadata(file, length, image);
            return image;
        }
        finally
        {
            color?.Dispose();
            alpha?.Dispose();
        }
    }

    /// <summary>Makes a PNG of the next pass.</summary>
    private static MemoryStream Extract(byte[] file, PngPixels pixels, ZLibStream data, int columns, int rows)
    {
        var png = new MemoryStream();
        png.Write(PngInspector.Signature);
        Span<byte> header = [0, 0, 0, 0, 0, 0, 0, 0, pixels.Depth, pixels.Color, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], rows);
        PngChunk.Write(png, "IHDR"u8, header);
        WriteCopy(png, "PLTE"u8, file.AsSpan(pixels.Palette));
        WriteCopy(png, "tRNS"u8, file.AsSpan(pixels.Transparency));
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

            PngChunk.Write(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        }

        PngChunk.Write(png, "IEND"u8, default);
        png.Position = 0;
        return png;
    }

    private static void WriteCopy(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        if (!content.IsEmpty)
        {
            PngChunk.Write(png, type, content);
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

    /// <summary>Takes profiles, resolution and texts, for which no pixel is decoded.</summary>
    private static void AddMetadata(byte[] file, int length, Image image)
    {
        using MemoryStream stream = new(file, 0, length, writable: false);
        if (Image.Identify(stream) is { } info)
        {
            FileMetadata.Copy(info.Metadata, image.Metadata);
        }
    }
}
