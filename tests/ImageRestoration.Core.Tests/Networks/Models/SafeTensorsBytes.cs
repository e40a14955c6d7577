using System.Buffers.Binary;
using System.Text;

namespace ImageRestoration.Tests.Networks;

/// <summary>Makes safetensors files by hand, also wrong ones.</summary>
internal static class SafeTensorsBytes
{
    internal static byte[] Create(string header, int dataBytes = 0)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return WithHeaderSize((ulong)text.Length, [.. text, .. Enumerable.Range(0, dataBytes).Select(i => (byte)i)]);
    }

    internal static byte[] WithHeaderSize(ulong size, byte[] rest)
    {
        var bytes = new byte[sizeof(ulong) + rest.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, size);
        rest.CopyTo(bytes, sizeof(ulong));
        return bytes;
    }

    /// <summary>A stream that cannot say how long it is, as from a network.</summary>
    internal sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1000)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1000));
    }
}
