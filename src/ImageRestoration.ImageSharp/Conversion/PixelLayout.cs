using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Where the samples of a pixel type stand. The types that are converted are nothing but samples of 8 or 16 bits in a row, so one
/// loop over samples serves all of them.
/// </summary>
/// <param name="Channels">1 for grey, 3 for colour; alpha is not counted.</param>
/// <param name="Bits">Bits of a sample: 8 or 16.</param>
/// <param name="Stride">Samples of a pixel.</param>
/// <param name="First">Position of grey or red.</param>
/// <param name="Step">From red to green, and from green to blue.</param>
/// <param name="Alpha">Position of alpha, or -1.</param>
internal sealed record PixelLayout(int Channels, int Bits, int Stride, int First, int Step, int Alpha)
{
    private static readonly PixelLayout _l8 = new(1, 8, 1, 0, 1, -1);
    private static readonly PixelLayout _la16 = new(1, 8, 2, 0, 1, 1);
    private static readonly PixelLayout _rgb24 = new(3, 8, 3, 0, 1, -1);
    private static readonly PixelLayout _rgba32 = new(3, 8, 4, 0, 1, 3);

    internal bool HasAlpha => Alpha >= 0;

    /// <summary>The layout of a frame's pixels.</summary>
    /// <exception cref="ImageFileException">Values of this pixel type might be lost.</exception>
    internal static PixelLayout Of(ImageFrame pixels) => pixels switch
    {
        ImageFrame<L8> => _l8,
        ImageFrame<La16> => _la16,
        ImageFrame<Rgb24> => _rgb24,
        ImageFrame<Rgba32> => _rgba32,
        ImageFrame<Bgr24> => _rgb24 with { First = 2, Step = -1 },
        ImageFrame<Bgra32> => _rgba32 with { First = 2, Step = -1 },
        ImageFrame<L16> => _l8 with { Bits = 16 },
        ImageFrame<La32> => _la16 with { Bits = 16 },
        ImageFrame<Rgb48> => _rgb24 with { Bits = 16 },
        ImageFrame<Rgba64> => _rgba32 with { Bits = 16 },
        _ => throw Unknown(pixels),
    };

    internal int Position(int channel) => First + (channel * Step);

    private static ImageFileException Unknown(ImageFrame pixels)
    {
        string type = pixels.GetType() is { IsGenericType: true } generic ? generic.GetGenericArguments()[0].Name : pixels.GetType().Name;
        return new ImageFileException($"Pixels of type {type} are not converted, because values might be lost unnoticed. "
            + "Convert the image first, for instance with image.CloneAs<Rgb24>() or, for more than 8 bits, image.CloneAs<Rgb48>().");
    }
}
