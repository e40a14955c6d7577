using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Shows rows of pixels as the samples that they consist of, whatever the pixel type.</summary>
internal abstract class SampleRows
{
    /// <summary>Visits the rows of a part of a frame from top to bottom.</summary>
    /// <exception cref="ImageFileException">Values of this pixel type might be lost.</exception>
    internal void Visit(ImageFrame frame, Rectangle area)
    {
        switch (frame)
        {
            case ImageFrame<L8> pixels:
                Bytes(pixels, area);
                break;
            case ImageFrame<La16> pixels:
                Bytes(pixels, area);
                break;
            case ImageFrame<Rgb24> pixels:
                Bytes(pixels, area);
                break;
            case ImageFrame<Bgr24> pixels:
                Bytes(pixels, area);
                break;
            case ImageFrame<Rgba32> pixels:
                Bytes(pixels, area);
                break;
            case ImageFrame<Bgra32> pixels:
                Bytes(pixels, area);
                break;
            case ImageFrame<L16> pixels:
                Words(pixels, area);
                break;
            case ImageFrame<La32> pixels:
                Words(pixels, area);
                break;
            case ImageFrame<Rgb48> pixels:
                Words(pixels, area);
                break;
            case ImageFrame<Rgba64> pixels:
                Words(pixels, area);
                break;
            default:
                // Throws: the type is none of those above.
                PixelLayout.Of(frame);
                break;
        }
    }

    /// <summary>Visits one row of samples of 8 bits.</summary>
    protected abstract void Row(int y, Span<byte> samples);

    /// <summary>Visits one row of samples of 16 bits.</summary>
    protected abstract void Row(int y, Span<ushort> samples);

    private void Bytes<TPixel>(ImageFrame<TPixel> frame, Rectangle area)
        where TPixel : unmanaged, IPixel<TPixel>
        => frame.ProcessPixelRows(pixels =>
        {
            for (int y = 0; y < area.Height; y++)
            {
                Row(y, MemoryMarshal.AsBytes(pixels.GetRowSpan(area.Y + y).Slice(area.X, area.Width)));
            }
        });

    private void Words<TPixel>(ImageFrame<TPixel> frame, Rectangle area)
        where TPixel : unmanaged, IPixel<TPixel>
        => frame.ProcessPixelRows(pixels =>
        {
            for (int y = 0; y < area.Height; y++)
            {
                Row(y, MemoryMarshal.Cast<TPixel, ushort>(pixels.GetRowSpan(area.Y + y).Slice(area.X, area.Width)));
            }
        });
}
