using ImageRestoration.Data;

namespace ImageRestoration.Photos;

/// <summary>
/// Keeps the pictures that were used last, up to a number of bytes, but always the very last. A picture that several threads ask for is
/// decoded once.
/// </summary>
internal sealed class PictureCache(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;
    private long _decodeCount;

    /// <summary>Files decoded so far.</summary>
    internal long DecodeCount => Interlocked.Read(ref _decodeCount);

    /// <summary>Bytes of the pictures in the cache.</summary>
    internal long ByteCount
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Gives a picture, decoding it if it is not in the cache.</summary>
    internal PackedImage Get(int index, PictureFile file)
    {
        LinkedListNode<Entry>? node;
        lock (_lock)
        {
            if (_entries.TryGetValue(index, out node))
            {
                _byUse.Remove(node);
            }
            else
            {
                node = new(new Entry(index, file.ByteCount, new Lazy<PackedImage>(() => Decode(file))));
                _entries.Add(index, node);
                _bytes += file.ByteCount;
            }

            _byUse.AddFirst(node);
            while (_bytes > capacity && _byUse.Last is { } last && last != node)
            {
                Remove(last);
            }
        }

        try
        {
            return node.Value.Pixels.Value;
        }
        catch
        {
            Forget(node);
            throw;
        }
    }

    private PackedImage Decode(PictureFile file)
    {
        Interlocked.Increment(ref _decodeCount);
        return file.Decode();
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _entries.Remove(node.Value.Index);
        _bytes -= node.Value.ByteCount;
    }

    private sealed record Entry(int Index, long ByteCount, Lazy<PackedImage> Pixels);
}
