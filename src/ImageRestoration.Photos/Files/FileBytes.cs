using System.Buffers;

namespace ImageRestoration.Photos;

/// <summary>A whole file in a rented buffer.</summary>
internal sealed class FileBytes : IDisposable
{
    private const int FirstBuffer = 1 << 16;

    private byte[] _rented;
    private int _length;

    private FileBytes(int capacity) => _rented = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, PhotoFormats.SignatureLength));

    internal ReadOnlyMemory<byte> Memory => _rented.AsMemory(0, _length);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageFileException">It is missing, cannot be read, is no picture or too long.</exception>
    internal static async Task<FileBytes> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string name = $"'{path}'";
        try
        {
            const FileOptions options = FileOptions.Asynchronous | FileOptions.SequentialScan;
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, options);
            await using (stream.ConfigureAwait(false))
            {
                return await ReadAsync(stream, name, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw PhotoErrors.Missing(name, exception);
        }
        catch (Exception exception) when (
            exception is UnauthorizedAccessException or NotSupportedException or ArgumentException or IOException)
        {
            throw PhotoErrors.Unreadable(name, Directory.Exists(path), exception);
        }
    }

    /// <summary>Reads a stream to its end; one that holds no picture is left after its first bytes.</summary>
    /// <exception cref="ImageFileException">It is no picture, or too long.</exception>
    internal static async Task<FileBytes> ReadAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        long length = stream.CanSeek ? stream.Length - stream.Position : 0;
        if (length > Array.MaxLength)
        {
            throw PhotoErrors.TooLong(name);
        }

        var bytes = new FileBytes(length > 0 ? (int)length : FirstBuffer);
        try
        {
            Memory<byte> start = bytes._rented.AsMemory(0, PhotoFormats.SignatureLength);
            bytes._length = await stream.ReadAtLeastAsync(
                start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            ThrowIfNoImage(name, bytes.Memory.Span);
            while (true)
            {
                int count = await stream.ReadAsync(bytes._rented.AsMemory(bytes._length), cancellationToken).ConfigureAwait(false);
                bytes._length += count;
                if (count == 0 && bytes._length < bytes._rented.Length)
                {
                    return bytes;
                }

                if (bytes._length == bytes._rented.Length)
                {
                    bytes.Grow(name);
                }
            }
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what does not begin as any picture does.</summary>
    internal static void ThrowIfNoImage(string name, ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            throw PhotoErrors.Empty(name);
        }

        if (PhotoFormats.FromSignature(start) is null)
        {
            throw PhotoErrors.NoImage(name, start);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = [];
        _length = 0;
    }

    private void Grow(string name)
    {
        if (_length == Array.MaxLength)
        {
            throw PhotoErrors.TooLong(name);
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, 2L * _length));
        _rented.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
    }
}
