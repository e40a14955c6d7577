using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageRestoration.Managed;

/// <summary>Weights in the kernels' order, pinned and aligned to cache lines. Written once, then only read.</summary>
internal sealed unsafe class PackedWeights
{
    private const int AlignmentBytes = 64;
    private readonly float[] _memory;

    internal PackedWeights(long floats)
    {
        _memory = GC.AllocateArray<float>(checked((int)floats + (AlignmentBytes / sizeof(float))), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        Start = (float*)((address + AlignmentBytes - 1) & ~(nint)(AlignmentBytes - 1));
        Length = (int)floats;
    }

    internal float* Start { get; }

    internal int Length { get; }

    internal Span<float> Values => new(Start, Length);
}
