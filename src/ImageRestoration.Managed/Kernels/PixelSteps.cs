using System.Runtime.CompilerServices;

namespace ImageRestoration.Managed;

/// <summary>
/// Distance between the inputs of neighbouring output pixels, a constant for the usual strides so that it becomes part of the instructions.
/// </summary>
internal interface IPixelStep
{
    static abstract nint Pixel(nint distance);
}

/// <summary>Stride 1.</summary>
internal readonly struct UnitStep : IPixelStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Pixel(nint distance) => ValueLayout.Lanes;
}

/// <summary>Stride 2.</summary>
internal readonly struct DoubleStep : IPixelStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Pixel(nint distance) => 2 * ValueLayout.Lanes;
}

/// <summary>The pixels are tiles in Winograd's transform domain, with all their values side by side.</summary>
internal readonly struct TransformedTileStep : IPixelStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Pixel(nint distance) => WinogradWeights.Positions * ValueLayout.Lanes;
}

/// <summary>Any stride.</summary>
internal readonly struct AnyStep : IPixelStep
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Pixel(nint distance) => distance;
}
