using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ImageRestoration.Photos;

/// <summary>Walks through the chunks of a PNG stream and checks every checksum.</summary>
internal sealed class PngChunkReader(Stream stream)
{
    private uint _crc;

    /// <summary>Type of the current chunk.</summary>
    internal string Type { get; private set; } = string.Empty;

    /// <summary>Bytes of the current chunk that were not read yet.</summary>
    internal int Left { get; private set; }

    internal void ReadSignature()
    {
        Span<byte> signature = stackalloc byte[PngChunks.Signature.Length];
        int count = stream.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
        if (!signature[..count].SequenceEqual(PngChunks.Signature))
        {
            throw new ImageFileException(
                "The file is no PNG: its signature is not valid. It may have been changed by a transfer as text; copy it again.");
        }
    }

    /// <summary>Goes on to the next chunk; the one before must be read to its end.</summary>
    internal void Next()
    {
        Span<byte> head = stackalloc byte[8];
        Fill(head, "the head of a chunk");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        foreach (byte letter in head[4..])
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw Corrupt("a chunk's type is no four letters");
            }
        }

        Type = Encoding.ASCII.GetString(head[4..]);
        if (length > int.MaxValue)
        {
            throw Corrupt($"chunk {Type} says that it has {length} bytes");
        }

        Left = (int)length;
        _crc = Crc32.Append(0, head[4..]);
        if (Left == 0)
        {
            CheckSum();
        }
    }

    /// <summary>Reads from the current chunk; at its end the checksum is compared.</summary>
    internal int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Left);
        if (count == 0)
        {
            return 0;
        }

        count = stream.Read(buffer[..count]);
        if (count == 0)
        {
            throw Truncated($"chunk {Type}");
        }

        _crc = Crc32.Append(_crc, buffer[..count]);
        Left -= count;
        if (Left == 0)
        {
            CheckSum();
        }

        return count;
    }

    /// <summary>Reads the whole chunk.</summary>
    internal byte[] ReadAll(int most)
    {
        if (Left > most)
        {
            throw RowErrors.MetadataTooLarge(Type, Left, most);
        }

        var data = new byte[Left];
        for (int at = 0; at < data.Length;)
        {
            at += Read(data.AsSpan(at));
        }

        return data;
    }

    /// <summary>Reads to the end of the chunk without keeping anything.</summary>
    internal void Skip()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 14);
        while (Left > 0)
        {
            Read(buffer);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    internal static ImageFileException Corrupt(string what)
        => new($"The PNG is corrupt: {what}. Copy or download it again, or save it anew with an image editor.");

    internal static ImageFileException Truncated(string what)
        => new($"The PNG is truncated: it ends within {what}. Copy or download it again.");

    private void CheckSum()
    {
        Span<byte> stored = stackalloc byte[4];
        Fill(stored, $"chunk {Type}");
        if (BinaryPrimitives.ReadUInt32BigEndian(stored) != _crc)
        {
            throw Corrupt($"the checksum of chunk {Type} is wrong");
        }
    }

    private void Fill(Span<byte> buffer, string what)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw Truncated(what);
        }
    }
}
