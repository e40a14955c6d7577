using System.Runtime.Intrinsics;

namespace ImageRestoration.Managed;

/// <summary>Widths of vector registers that kernels are compiled for.</summary>
internal enum VectorKind
{
    Vector128,
    Vector256,
    Vector512,
}

internal static class VectorKinds
{
    /// <summary>The widest kind that the processor computes with.</summary>
    internal static VectorKind Widest { get; } =
        Vector512.IsHardwareAccelerated ? VectorKind.Vector512
        : Vector256.IsHardwareAccelerated ? VectorKind.Vector256
        : VectorKind.Vector128;
}
