using System.Globalization;
using System.Text;

namespace ImageRestoration.Tiling;

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

        int maximum = format.Bits == 8 ? byte.MaxValue : ushort.MaxValue;
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P{(format.Channels == 3 ? 6 : 5)}\n{format.Width} {format.Height}\n{maximum}\n")));
    }

    /// <inheritdoc/>
    protected override void WriteRow() => Stream.Write(Samples);
}
