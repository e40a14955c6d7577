using System.Runtime.InteropServices;

namespace ImageRestoration.Numerics;

/// <summary>
/// Numbers for a short time whose memory goes back to the system at once: arrays of a pool, or those that wait for the garbage collector,
/// would stay beside what comes after, which counts where a picture has a hundred megabytes.
/// </summary>
/// <typeparam name="T">Kind of number.</typeparam>
internal sealed unsafe class NativeArray<T> : IDisposable
    where T : unmanaged
{
    private T* _values;

    /// <summary>Reserves memory of arbitrary contents.</summary>
    /// <param name="length">Number of values.</param>
    internal NativeArray(int length)
    {
        Length = length;
        _values = (T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));
    }

    /// <summary>Number of values.</summary>
    internal int Length { get; }

    /// <summary>The values; not to be used once they are disposed.</summary>
    internal Span<T> Span => new(_values, Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}
