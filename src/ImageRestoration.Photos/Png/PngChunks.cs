using System.Buffers.Binary;
using System.Text;

namespace ImageRestoration.Photos;

/// <summary>Names of PNG, and which chunks travel with a picture.</summary>
internal static class PngChunks
{
    internal const int FirstByte = 0x89;
    internal const string Header = "IHDR";
    internal const string Palette = "PLTE";
    internal const string Data = "IDAT";
    internal const string End = "IEND";
    internal const string Transparency = "tRNS";
    internal const string AnimationControl = "acTL";
    internal const int HeaderLength = 13;

    /// <summary>Metadata that must come before the pixels, and the palette, whose place the pixels take here.</summary>
    private static readonly string[] _beforePixels = ["cICP", "iCCP", "sRGB", "gAMA", "cHRM", "mDCV", "cLLI", "pHYs"];
    private static readonly string[] _anywhere = ["eXIf", "iTXt", "tEXt", "zTXt"];

    internal static ReadOnlySpan<byte> Signature => [FirstByte, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    internal static bool IsMetadata(string type) => _beforePixels.Contains(type) || _anywhere.Contains(type);

    internal static bool MayFollowPixels(string type) => _anywhere.Contains(type);

    /// <summary>Whether a reader must understand it: the first letter is a capital.</summary>
    internal static bool IsCritical(string type) => char.IsAsciiLetterUpper(type[0]);

    internal static void Write(Stream stream, string type, ReadOnlySpan<byte> data) => Write(stream, type, [], data);

    /// <summary>Writes a chunk of two pieces.</summary>
    internal static void Write(Stream stream, string type, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, first.Length + second.Length);
        Encoding.ASCII.GetBytes(type, head[4..]);
        uint crc = Crc32.Append(Crc32.Append(Crc32.Append(0, head[4..]), first), second);
        stream.Write(head);
        stream.Write(first);
        stream.Write(second);
        BinaryPrimitives.WriteUInt32BigEndian(head, crc);
        stream.Write(head[..4]);
    }
}
