using System.Buffers.Binary;

namespace ImageRestoration.Tests;

/// <summary>Writes JPEG files whose blocks of 8×8 samples each have one value, with any sampling, as ImageSharp writes none.</summary>
internal static class HandmadeJpeg
{
    private const int Categories = 12;
    private const int CategoryBits = 4;

    /// <summary>Writes a picture of luma 128.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="horizontal">Columns for each column of chroma.</param>
    /// <param name="vertical">Rows for each row of chroma.</param>
    /// <param name="chroma">Cb (0) or Cr (1) of the block in a row and column of blocks.</param>
    /// <param name="adobeTransform">What Adobe's marker says of the colours, or <see langword="null"/> for a file without it.</param>
    /// <param name="frame">Marker of the frame's header: 0xC0 for a baseline JPEG.</param>
    public static byte[] Write(
        int width, int height, int horizontal, int vertical, Func<int, int, int, byte> chroma, byte? adobeTransform = null, byte frame = 0xC0)
    {
        List<byte> file = [0xFF, 0xD8];
        if (adobeTransform is { } transform)
        {
            Segment(file, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, transform]);
        }

        // A step of 8 makes the first coefficient of a block its value less 128.
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]);
        byte[] size = [(byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width];
        Segment(file, frame, [8, .. size, 3, 1, (byte)((horizontal << 4) | vertical), 0, 2, 0x11, 0, 3, 0x11, 0]);

        // Twelve sizes of differences with codes of four bits; the end of a block with a code of one bit.
        Segment(file, 0xC4, [0x00, 0, 0, 0, Categories, .. new byte[12], .. Enumerable.Range(0, Categories).Select(i => (byte)i)]);
        Segment(file, 0xC4, [0x10, 1, .. new byte[15], 0]);
        Segment(file, 0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
        List<bool> bits = [];
        int[] before = new int[2];
        for (int row = 0; row < Ceiling(height, 8 * vertical); row++)
        {
            for (int column = 0; column < Ceiling(width, 8 * horizontal); column++)
            {
                for (int i = 0; i < horizontal * vertical; i++)
                {
                    Block(bits, 0);
                }

                for (int c = 0; c < 2; c++)
                {
                    int value = chroma(c, row, column) - 128;
                    Block(bits, value - before[c]);
                    before[c] = value;
                }
            }
        }

        while (bits.Count % 8 != 0)
        {
            bits.Add(true);
        }

        for (int i = 0; i < bits.Count; i += 8)
        {
            byte value = (byte)Enumerable.Range(0, 8).Sum(bit => bits[i + bit] ? 128 >> bit : 0);
            file.Add(value);
            if (value == 0xFF)
            {
                file.Add(0);
            }
        }

        return [.. file, 0xFF, 0xD9];
    }

    private static void Segment(List<byte> file, byte marker, byte[] content)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(content.Length + 2));
        file.AddRange([0xFF, marker, .. length, .. content]);
    }

    /// <summary>A difference, by its size and its bits (ITU-T T.81, F.1.2.1), and the end of the block.</summary>
    private static void Block(List<bool> bits, int difference)
    {
        int size = 0;
        while (Math.Abs(difference) >> size != 0)
        {
            size++;
        }

        int value = difference < 0 ? difference + (1 << size) - 1 : difference;
        for (int bit = CategoryBits - 1; bit >= 0; bit--)
        {
            bits.Add(((size >> bit) & 1) != 0);
        }

        for (int bit = size - 1; bit >= 0; bit--)
        {
            bits.Add(((value >> bit) & 1) != 0);
        }

        bits.Add(false);
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
