using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Photos;
using ImageRestoration.Tiling;

namespace ImageRestoration.Tests.Rows;

/// <summary>Pictures on the levels of 8 or 16 bits, and whole pictures through sources and sinks.</summary>
internal static class RowPictures
{
    /// <summary>Smooth parts, steps and noise, so that all filters are chosen somewhere.</summary>
    internal static ImageTensor Create(int channels, int height, int width, int bits, ulong seed)
    {
        var random = new SeededRandom(seed);
        int maximum = bits == 8 ? 255 : 65535;
        ImageTensor image = ImageTensor.Create(ImageShape.Single(channels, height, width));
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    double value = (y / 16 % 4) switch
                    {
                        0 => 0.5 + (0.4 * Math.Sin((x * 0.1) + c)),
                        1 => 0.5 + (0.4 * Math.Sin((y * 0.3) + c)),
                        2 => (x + y) % 97 / 97.0,
                        _ => random.NextDouble(),
                    };
                    image.Row(0, c, y)[x] = (float)Math.Round(value * maximum) / maximum;
                }
            }
        }

        return image;
    }

    /// <summary>Writes a picture in bands of odd heights.</summary>
    internal static void Write(IRowSink sink, ImageTensor image)
    {
        for (int row = 0, count = 1; row < image.Height; row += count, count += 2)
        {
            count = Math.Min(count, image.Height - row);
            sink.Write(image, row, count);
        }

        sink.Complete();
    }

    /// <summary>Reads a picture in bands of odd heights, each from a tensor of its own.</summary>
    internal static ImageTensor Read(IRowSource source)
    {
        RowFormat format = source.Format;
        ImageTensor image = ImageTensor.Create(ImageShape.Single(format.Channels, format.Height, format.Width));
        try
        {
            for (int row = 0, count = 1; row < format.Height; row += count, count += 2)
            {
                count = Math.Min(count, format.Height - row);
                using ImageTensor band = ImageTensor.Create(ImageShape.Single(format.Channels, count + 3, format.Width));
                source.Read(band, 2, count);
                for (int c = 0; c < format.Channels; c++)
                {
                    for (int y = 0; y < count; y++)
                    {
                        band.Row(0, c, y + 2).CopyTo(image.Row(0, c, row + y));
                    }
                }
            }

            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    internal static ImageTensor Read(byte[] file, RowSourceOptions? options = null)
    {
        using IRowSource source = RowFile.Open(new MemoryStream(file), options);
        return Read(source);
    }

    internal static byte[] Png(ImageTensor image, int bits, params MetadataChunk[] metadata)
    {
        using var stream = new MemoryStream();
        using (
            IRowSink sink = RowFile.CreatePng(
                stream, new RowFormat(image.Width, image.Height, image.Channels, bits) { Metadata = metadata }))
        {
            Write(sink, image);
        }

        return stream.ToArray();
    }
}
