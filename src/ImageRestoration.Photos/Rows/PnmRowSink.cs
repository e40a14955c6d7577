using System.Globalization;
using System.Text;
using ImageRestoration.Tiling;

namespace ImageRestoration.Photos;

/// <summary>Writes binary portable graymaps and pixmaps (P5 and P6 of Netpbm).</summary>
internal sealed class PnmRowSink : RowSink
{
    internal PnmRowSink(Stream stream, RowFormat format, bool leaveOpen)
        : base(stream, format, leaveOpen)
    {
        if (format.HasAlpha)
        {
            throw new ImageFileException("Portable pixmaps have no place for alpha. Write a PNG.");
        }

        if (format.Bits == 32)
        {
            throw RowErrors.TooDeep(format, "portable pixmap");
        }

        int maximum = format.Bits == 8 ? byte.MaxValue : ushort.MaxValue;
        int kind = format.Channels == 3 ? 6 : 5;
        stream.Write(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P{kind}\n{format.Width} {format.Height}\n{maximum}\n")));
    }

    /// <inheritdoc/>
    protected override void WriteRow() => Stream.Write(Samples);
}
