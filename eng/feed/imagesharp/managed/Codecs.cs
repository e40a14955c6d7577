using System.Runtime.InteropServices;
using System.Text;

namespace SixLabors.ImageSharp;

/// <summary>The native functions. Pixel memory is the caller's; compressed output is copied and released here.</summary>
internal static unsafe partial class Codecs
{
    public const int Ok = 0;
    public const int EndedEarly = 1;
    public const int CorruptStream = 2;

    private const string Library = "imagesharpcodecs";
    private const int MessageSize = 256;

    public static int DecodePng(
        ReadOnlySpan<byte> data,
        Size size,
        int channels,
        int depth,
        void* pixels,
        nuint stride,
        out string message)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        fixed (byte* source = data)
        {
            int status = PngDecode(
                source, (nuint)data.Length, (uint)size.Width, (uint)size.Height, channels, depth, pixels, stride, text, MessageSize);
            message = Text(text);
            return status;
        }
    }

    public static byte[] EncodePng(
        void* pixels,
        nuint stride,
        Size size,
        int colorType,
        int bitDepth,
        bool interlaced,
        int filters,
        int level,
        ReadOnlySpan<byte> palette,
        ReadOnlySpan<byte> alpha)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        byte* output = null;
        nuint outputSize = 0;
        fixed (byte* colors = palette, opacities = alpha)
        {
            int status = PngEncode(
                pixels, stride, (uint)size.Width, (uint)size.Height, colorType, bitDepth, interlaced ? 1 : 0, filters, level,
                colors, palette.Length / 3, opacities, alpha.Length, &output, &outputSize, text, MessageSize);
            return Take(status, output, outputSize, text);
        }
    }

    public static int DecodeJpeg(
        ReadOnlySpan<byte> data,
        Size size,
        int channels,
        int colorSpace,
        void* pixels,
        nuint stride,
        out string message)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        fixed (byte* source = data)
        {
            int status = JpegDecode(
                source, (nuint)data.Length, (uint)size.Width, (uint)size.Height, channels, colorSpace, pixels, stride, text, MessageSize);
            message = Text(text);
            return status;
        }
    }

    public static byte[] EncodeJpeg(
        void* pixels,
        nuint stride,
        Size size,
        int colorSpace,
        int horizontalSampling,
        int verticalSampling,
        bool interleaved,
        ReadOnlySpan<uint> luminance,
        ReadOnlySpan<uint> chrominance)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        byte* output = null;
        nuint outputSize = 0;
        fixed (uint* first = luminance, second = chrominance)
        {
            int status = JpegEncode(
                pixels, stride, (uint)size.Width, (uint)size.Height, colorSpace, horizontalSampling, verticalSampling,
                interleaved ? 1 : 0, first, second, &output, &outputSize, text, MessageSize);
            return Take(status, output, outputSize, text);
        }
    }

    public static int DecodeWebp(ReadOnlySpan<byte> data, Size size, void* pixels, out string message)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        fixed (byte* source = data)
        {
            int status = WebpDecode(
                source, (nuint)data.Length, (uint)size.Width, (uint)size.Height, pixels, 4 * (nuint)size.Width, text, MessageSize);
            message = Text(text);
            return status;
        }
    }

    public static byte[] EncodeWebp(void* pixels, Size size, bool lossless, int quality, int method, bool exact)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        byte* output = null;
        nuint outputSize = 0;
        int status = WebpEncode(
            pixels, 4 * (nuint)size.Width, (uint)size.Width, (uint)size.Height, lossless ? 1 : 0, quality, method, exact ? 1 : 0,
            &output, &outputSize, text, MessageSize);
        return Take(status, output, outputSize, text);
    }

    public static int DecodeTiff(
        ReadOnlySpan<byte> data,
        Size size,
        int channels,
        int depth,
        void* pixels,
        nuint stride,
        out string message)
    {
        byte* text = stackalloc byte[MessageSize];
        *text = 0;
        fixed (byte* source = data)
        {
            int status = TiffDecode(
                source, (nuint)data.Length, (uint)size.Width, (uint)size.Height, channels, depth, pixels, stride, text, MessageSize);
            message = Text(text);
            return status;
        }
    }

    private static byte[] Take(int status, byte* output, nuint size, byte* text)
    {
        if (status != Ok)
        {
            throw new ImageFormatException($"The image cannot be encoded: {Text(text)}.");
        }

        try
        {
            return new ReadOnlySpan<byte>(output, checked((int)size)).ToArray();
        }
        finally
        {
            Free(output);
        }
    }

    private static string Text(byte* text)
        => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    [LibraryImport(Library, EntryPoint = "codecs_free")]
    private static partial void Free(void* memory);

    [LibraryImport(Library, EntryPoint = "codecs_png_decode")]
    private static partial int PngDecode(
        byte* data, nuint size, uint width, uint height, int channels, int depth,
        void* pixels, nuint stride, byte* message, nuint messageSize);

    [LibraryImport(Library, EntryPoint = "codecs_png_encode")]
    private static partial int PngEncode(
        void* pixels, nuint stride, uint width, uint height, int colorType, int bitDepth, int interlaced, int filters, int level,
        byte* palette, int paletteCount, byte* alpha, int alphaCount, byte** output, nuint* outputSize, byte* message, nuint messageSize);

    [LibraryImport(Library, EntryPoint = "codecs_webp_decode")]
    private static partial int WebpDecode(
        byte* data, nuint size, uint width, uint height, void* pixels, nuint stride, byte* message, nuint messageSize);

    [LibraryImport(Library, EntryPoint = "codecs_webp_encode")]
    private static partial int WebpEncode(
        void* pixels, nuint stride, uint width, uint height, int lossless, int quality, int method, int exact,
        byte** output, nuint* outputSize, byte* message, nuint messageSize);

    [LibraryImport(Library, EntryPoint = "codecs_tiff_decode")]
    private static partial int TiffDecode(
        byte* data, nuint size, uint width, uint height, int channels, int depth,
        void* pixels, nuint stride, byte* message, nuint messageSize);

    [LibraryImport(Library, EntryPoint = "codecs_jpeg_decode")]
    private static partial int JpegDecode(
        byte* data, nuint size, uint width, uint height, int channels, int space,
        void* pixels, nuint stride, byte* message, nuint messageSize);

    [LibraryImport(Library, EntryPoint = "codecs_jpeg_encode")]
    private static partial int JpegEncode(
        void* pixels, nuint stride, uint width, uint height, int space, int h, int v, int interleaved,
        uint* luminance, uint* chrominance, byte** output, nuint* outputSize, byte* message, nuint messageSize);
}
