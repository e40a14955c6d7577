using ImageRestoration.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Splits interleaved pixels into planes, row by row. A sample of 8 bits n becomes n/255, one of 16 bits n/65535.</summary>
internal static class PixelReader
{
    private const float Maximum16Bit = 65535f;

    // Exactly n/255 for every n; one load instead of a conversion and a division.
    private static readonly float[] _unit8Bit = [.. Enumerable.Range(0, 256).Select(n => n / 255f)];

    internal static int ChannelsOf(Image image) => image is Image<L8> or Image<L16> or Image<La16> or Image<La32> ? 1 : 3;

    /// <summary>Fills one picture of a tensor that is as large as the image and has at least as many channels.</summary>
    /// <exception cref="ImageFileException">The image has transparent pixels, or a pixel type that would lose values.</exception>
    internal static void Read(Image image, ImageTensor tensor, int index)
    {
        ImageFrame frame = image.Frames.RootFrame;
        PixelLayout layout = PixelLayout.Of(frame);
        var opacity = new OpacityRows(layout);
        if (layout.HasAlpha)
        {
            opacity.Visit(frame, image.Bounds());
        }

        if (!opacity.IsOpaque)
        {
            throw new ImageFileException("The image has transparent pixels, and a tensor of RGB or grey has no place for them. "
                + "Flatten the image onto a background, save it without transparency, or read alpha apart with ToImageTensor(out alpha).");
        }

        for (int c = 0; c < layout.Channels; c++)
        {
            new PlaneRows(layout, layout.Position(c), tensor, index, c).Visit(frame, image.Bounds());
        }

        for (int c = layout.Channels; c < tensor.Channels; c++)
        {
            tensor.Plane(index, 0).CopyTo(tensor.Plane(index, c));
        }
    }

    /// <summary>Reads colour and alpha of a part of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="area">A part of it.</param>
    /// <param name="alpha">1 × 1 × height × width, or <see langword="null"/> where every pixel is opaque.</param>
    /// <returns>1 × channels × height × width.</returns>
    /// <exception cref="ImageFileException">The pixel type would lose values.</exception>
    internal static ImageTensor Read(ImageFrame frame, Rectangle area, out ImageTensor? alpha)
    {
        PixelLayout layout = PixelLayout.Of(frame);
        ImageTensor color = ImageTensor.CreateUninitialized(ImageShape.Single(layout.Channels, area.Height, area.Width));
        alpha = null;
        try
        {
            for (int c = 0; c < layout.Channels; c++)
            {
                new PlaneRows(layout, layout.Position(c), color, 0, c).Visit(frame, area);
            }

            if (layout.HasAlpha)
            {
                alpha = ImageTensor.CreateUninitialized(ImageShape.Single(1, area.Height, area.Width));
                new PlaneRows(layout, layout.Alpha, alpha, 0, 0).Visit(frame, area);

                // An alpha channel that is opaque everywhere says nothing, so nothing is lost without it.
                if (!alpha.Span.ContainsAnyExcept(1f))
                {
                    alpha.Dispose();
                    alpha = null;
                }
            }

            return color;
        }
        catch
        {
            color.Dispose();
            alpha?.Dispose();
            throw;
        }
    }

    private sealed class PlaneRows(PixelLayout layout, int position, ImageTensor tensor, int index, int channel) : SampleRows
    {
        protected override void Row(int y, Span<byte> samples)
        {
            float[] unit = _unit8Bit;
            Span<float> plane = tensor.Row(index, channel, y);
            for (int x = 0, i = position; x < plane.Length; x++, i += layout.Stride)
            {
                plane[x] = unit[samples[i]];
            }
        }

        protected override void Row(int y, Span<ushort> samples)
        {
            Span<float> plane = tensor.Row(index, channel, y);
            for (int x = 0, i = position; x < plane.Length; x++, i += layout.Stride)
            {
                plane[x] = samples[i] / Maximum16Bit;
            }
        }
    }

    private sealed class OpacityRows(PixelLayout layout) : SampleRows
    {
        internal bool IsOpaque { get; private set; } = true;

        protected override void Row(int y, Span<byte> samples)
        {
            int alpha = byte.MaxValue;
            for (int i = layout.Alpha; i < samples.Length; i += layout.Stride)
            {
                alpha &= samples[i];
            }

            IsOpaque &= alpha == byte.MaxValue;
        }

        protected override void Row(int y, Span<ushort> samples)
        {
            int alpha = ushort.MaxValue;
            for (int i = layout.Alpha; i < samples.Length; i += layout.Stride)
            {
                alpha &= samples[i];
            }

            IsOpaque &= alpha == ushort.MaxValue;
        }
    }
}
