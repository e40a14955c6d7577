using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace ImageRestoration.Tests.Restoration;

/// <summary>Counts the arrays of at least one size that are rented from pools at the same time.</summary>
internal sealed class PooledPictures : EventListener
{
    private const int Rented = 1;
    private const int Returned = 3;

    private readonly ConcurrentDictionary<int, byte> _alive = new();
    private readonly int _smallest;
    private int _most;

    /// <summary>Begins to count.</summary>
    /// <param name="smallest">Length of the shortest arrays that count, in elements.</param>
    public PooledPictures(int smallest)
    {
        _smallest = smallest;
        foreach (EventSource source in EventSource.GetSources())
        {
            Listen(source);
        }
    }

    /// <summary>The largest number of arrays that were rented at the same time.</summary>
    public int Most => Volatile.Read(ref _most);

    protected override void OnEventSourceCreated(EventSource eventSource) => Listen(eventSource);

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Identity of the array, its length in elements.
        if (eventData.EventId is not (Rented or Returned) || (int)eventData.Payload![1]! < _smallest)
        {
            return;
        }

        int buffer = (int)eventData.Payload[0]!;
        if (eventData.EventId == Returned)
        {
            _alive.TryRemove(buffer, out _);
            return;
        }

        _alive[buffer] = 0;
        InterlockedMaximum(_alive.Count);
    }

    private void Listen(EventSource source)
    {
        if (source.Name == "System.Buffers.ArrayPoolEventSource")
        {
            EnableEvents(source, EventLevel.Verbose);
        }
    }

    private void InterlockedMaximum(int count)
    {
        for (int seen = Volatile.Read(ref _most); count > seen;)
        {
            int before = Interlocked.CompareExchange(ref _most, count, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
