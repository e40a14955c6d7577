using System.Buffers;
using System.Runtime.InteropServices;

namespace ImageRestoration.OnnxRuntime.Tests;

/// <summary>Memory that tells when native code gets hold of it.</summary>
internal sealed class PinnedWatch(int length) : MemoryManager<float>
{
    private readonly float[] _values = new float[length];
    private readonly TaskCompletionSource _pinned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pins;

    internal Task Pinned => _pinned.Task;

    internal int Pins => Volatile.Read(ref _pins);

    public override Span<float> GetSpan() => _values;

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        Interlocked.Increment(ref _pins);
        var handle = GCHandle.Alloc(_values, GCHandleType.Pinned);
        _pinned.TrySetResult();
        return new MemoryHandle((float*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
    }

    public override void Unpin() => Interlocked.Decrement(ref _pins);

    protected override void Dispose(bool disposing)
    {
    }
}
