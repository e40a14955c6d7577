using System.Globalization;
using System.Text;
using ImageRestoration;
using ImageRestoration.Imaging;
using ImageRestoration.IO;

namespace RestoreTrimmed;

/// <summary>Binary portable pixmaps (P6, 8 bits): the one picture format that takes no library to read.</summary>
internal static class PortablePixmap
{
    private const int Levels = 255;
    private const int LargestSide = 32_768;

    public static ImageTensor Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.ReadByte() != 'P' || stream.ReadByte() != '6')
        {
            throw new ImageFileException($"'{path}' is no binary pixmap: it does not start with P6. Convert the picture, for instance with pngtopnm or jpegtopnm.");
        }

        int width = ReadNumber(stream, path), height = ReadNumber(stream, path), maximum = ReadNumber(stream, path);
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide || maximum != Levels)
        {
            throw new ImageFileException($"'{path}' is {width}×{height} with values up to {maximum}; sides of 1 to {LargestSide} and values up to {Levels} are read.");
        }

        var row = new byte[3 * width];
        ImageTensor image = ImageTensor.CreateUninitialized(ImageShape.Single(3, height, width));
        for (int y = 0; y < height; y++)
        {
            try
            {
                stream.ReadExactly(row);
            }
            catch (EndOfStreamException e)
            {
                image.Dispose();
                throw new ImageFileException($"'{path}' ends within row {y} of {height}. It is truncated; copy it again.", e);
            }

            for (int c = 0; c < 3; c++)
            {
                Span<float> plane = image.Row(0, c, y);
                for (int x = 0; x < width; x++)
                {
                    plane[x] = row[(3 * x) + c] / (float)Levels;
                }
            }
        }

        return image;
    }

    public static void Write(ImageTensor image, string path) => AtomicFile.Write(path, stream =>
    {
        Quantization.RoundTo8Bit(image);
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P6\n{image.Width} {image.Height}\n{Levels}\n")));
        var row = new byte[3 * image.Width];
        for (int y = 0; y < image.Height; y++)
        {
            for (int c = 0; c < 3; c++)
            {
                ReadOnlySpan<float> plane = image.Row(0, c, y);
                for (int x = 0; x < plane.Length; x++)
                {
                    row[(3 * x) + c] = (byte)MathF.Round(plane[x] * Levels);
                }
            }

            stream.Write(row);
        }
    });

    /// <summary>Reads a number of the header: white space and comments, digits, one character of white space.</summary>
    private static int ReadNumber(Stream stream, string path)
    {
        int value = -1;
        bool comment = false;
        while (true)
        {
            int next = stream.ReadByte();
            if (next == '#')
            {
                comment = true;
            }
            else if (comment)
            {
                comment = next is not ('\n' or '\r' or < 0);
            }
            else if (next is >= '0' and <= '9' && value < LargestSide * 10)
            {
                value = (Math.Max(value, 0) * 10) + (next - '0');
            }
            else if (next is ' ' or '\t' or '\n' or '\r')
            {
                if (value >= 0)
                {
                    return value;
                }
            }
            else
            {
                throw new ImageFileException($"The header of '{path}' is damaged. Convert the picture again.");
            }
        }
    }
}
