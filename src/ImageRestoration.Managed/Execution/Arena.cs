using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageRestoration.Managed;

/// <summary>Memory for the values of a run: pinned and aligned to cache lines.</summary>
internal sealed unsafe class Arena
{
    private const int AlignmentBytes = 64;
    private const int AlignmentFloats = AlignmentBytes / sizeof(float);
    private readonly float[] _memory;

    internal Arena(long floats)
    {
        if (floats > Array.MaxLength - AlignmentFloats)
        {
            throw new BackendException(
                Invariant($"The buffers for this picture need {floats * sizeof(float) >> 20} MiB; the managed backend holds at most ")
                    + Invariant($"{(long)Array.MaxLength * sizeof(float) >> 20} MiB. Process the picture in tiles or in smaller batches."));
        }

        try
        {
            _memory = GC.AllocateUninitializedArray<float>((int)floats + AlignmentFloats, pinned: true);
        }
        catch (OutOfMemoryException e)
        {
            throw new BackendException(
                Invariant($"The buffers for this picture need {floats * sizeof(float) >> 20} MiB, which the process cannot get. Process ")
                    + "the picture in tiles or in smaller batches.",
                e);
        }

        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        Start = (float*)((address + AlignmentBytes - 1) & ~(nint)(AlignmentBytes - 1));
        Length = floats;
    }

    /// <summary>First float; valid as long as the arena is reachable.</summary>
    internal float* Start { get; }

    /// <summary>Usable floats.</summary>
    internal long Length { get; }
}
