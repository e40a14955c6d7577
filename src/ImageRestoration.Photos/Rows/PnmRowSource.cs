using ImageRestoration.Imaging;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Reads binary portable graymaps and pixmaps (P5 and P6 of Netpbm), with values of 8 or 16 bits.</summary>
internal sealed class PnmRowSource : RowSource
{
    private const int MostDigits = 9;
    private const int MostHeader = 1 << 16;

    private readonly int _maximum;
    private readonly byte[] _samples;
    private readonly float[] _levels;
    private int _headerLength;

    internal PnmRowSource(Stream stream, RowSourceOptions options, bool leaveOpen)
        : base(stream, leaveOpen)
    {
        Span<byte> magic = stackalloc byte[2];
        ReadFully(stream, magic, "its first two bytes");
        if (magic[0] != 'P' || magic[1] is not ((byte)'5' or (byte)'6'))
        {
            throw new ImageFileException("The file is no binary portable graymap or pixmap: it starts with neither P5 nor P6. "
                + "Convert it, for instance with pngtopnm or jpegtopnm.");
        }

        int width = ReadNumber(), height = ReadNumber();
        options.ThrowIfTooLarge(width, height);
        _maximum = ReadNumber();
        if (_maximum is < 1 or > ushort.MaxValue)
        {
            throw new ImageFileException(Invariant($"The file says that its largest value is {_maximum}; it must be 1 to ")
                + Invariant($"{ushort.MaxValue}. Convert the picture again."));
        }

        Format = new RowFormat(width, height, magic[1] == '6' ? 3 : 1, _maximum > byte.MaxValue ? 16 : 8);
        _samples = new byte[checked(width * Format.Channels * (Format.Bits / 8))];
        _levels = [.. Enumerable.Range(0, 256).Select(n => n / (float)_maximum)];
    }

    /// <inheritdoc/>
    public override RowFormat Format { get; }

    /// <inheritdoc/>
    protected override void ReadRow(int row, ImageTensor destination, int destinationRow)
    {
        ReadFully(Stream, _samples, Invariant($"row {row} of {Format.Height}"));
        int largest = Format.Bits == 16
            ? RowBand.Spread16(_samples, destination, destinationRow, _maximum)
            : Spread(destination, destinationRow);
        if (largest > _maximum)
        {
            throw new ImageFileException(Invariant($"Row {row} has the value {largest} and the file says that {_maximum} is the largest. ")
                + "It is corrupt; convert the picture again.");
        }
    }

    private int Spread(ImageTensor destination, int row)
    {
        if (_maximum == byte.MaxValue)
        {
            RowBand.Spread8(_samples, destination, row);
            return 0;
        }

        int largest = 0;
        for (int i = 0; i < _samples.Length; i++)
        {
            largest = Math.Max(largest, _samples[i]);
            destination.Row(0, i % Format.Channels, row)[i / Format.Channels] = _levels[_samples[i]];
        }

        return largest;
    }

    /// <summary>Reads a number of the header: white space and comments, digits, one character of white space.</summary>
    private int ReadNumber()
    {
        int value = 0, digits = 0;
        bool comment = false;
        while (true)
        {
            int next = Stream.ReadByte();
            if (next < 0)
            {
                throw new ImageFileException("The file is truncated: it ends within its header. Copy or download it again.");
            }

            if (++_headerLength > MostHeader)
            {
                throw new ImageFileException($"The header is longer than {MostHeader} bytes. "
                    + "The file is corrupt; convert the picture again.");
            }

            if (comment)
            {
                comment = next is not ('\n' or '\r');
            }
            else if (next is >= '0' and <= '9' && digits < MostDigits)
            {
                value = (value * 10) + (next - '0');
                digits++;
            }
            else if (next == '#')
            {
                comment = true;
            }
            else if (next is not (' ' or '\t' or '\n' or '\r'))
            {
                throw new ImageFileException("The header is no list of numbers. The file is corrupt; convert the picture again.");
            }
            else if (digits > 0)
            {
                return value;
            }
        }
    }
}
