using System.Runtime.InteropServices;

namespace ImageRestoration.Photos;

/// <summary>Streams over a file in memory.</summary>
internal static class MemoryStreams
{
    /// <summary>A stream that reads the file, without a copy where that can be.</summary>
    internal static MemoryStream Open(ReadOnlyMemory<byte> file)
        => MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);
}
