namespace ImageRestoration.Photos;

/// <summary>
/// Makes blocks of a file on all processors and writes them in their order. At most two blocks a processor are held, so memory is bounded.
/// </summary>
/// <remarks>Not safe for use from several threads.</remarks>
/// <param name="write">Takes each block when it is made, on the thread of <see cref="Add"/> or <see cref="Finish"/>.</param>
internal sealed class OrderedBlocks<T>(Action<T> write)
{
    private readonly int _most = 2 * Environment.ProcessorCount;
    private readonly Queue<Task<T>> _blocks = new();

    /// <summary>Makes a block.</summary>
    internal void Add(Func<T> make)
    {
        while (_blocks.Count >= _most || (_blocks.TryPeek(out Task<T>? first) && first.IsCompleted))
        {
            WriteFirst();
        }

        _blocks.Enqueue(Task.Run(make));
    }

    /// <summary>Writes all blocks that were added.</summary>
    internal void Finish()
    {
        while (_blocks.Count > 0)
        {
            WriteFirst();
        }
    }

    private void WriteFirst() => write(_blocks.Dequeue().GetAwaiter().GetResult());
}
