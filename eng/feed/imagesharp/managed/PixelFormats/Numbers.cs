using System.Numerics;
using System.Runtime.CompilerServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>The arithmetic that all pixel conversions share.</summary>
internal static class Numbers
{
    public static byte Down(ushort value) => (byte)(((value * 255) + 32895) >> 16);

    public static ushort Up(byte value) => (ushort)(value * 257);

    // ITU-R BT.709 luma weights.
    public static byte Luma8(byte r, byte g, byte b) => (byte)((r * .2126F) + (g * .7152F) + (b * .0722F) + 0.5F);

    public static ushort Luma16(ushort r, ushort g, ushort b)
        => (ushort)((r * .2126F) + (g * .7152F) + (b * .0722F) + 0.5F);

    public static ushort Luma16(float r, float g, float b)
        => (ushort)((r * .2126F) + (g * .7152F) + (b * .0722F) + 0.5F);

    /// <summary>[0, 1] to bytes, rounding half up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Rgba32 Bytes(Vector4 vector)
    {
        vector = Vector4.Clamp((vector * 255F) + new Vector4(0.5F), Vector4.Zero, new Vector4(255F));
        return new Rgba32((byte)vector.X, (byte)vector.Y, (byte)vector.Z, (byte)vector.W);
    }

    /// <summary>[0, 1] to [0, 65535], not yet rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector4 Words(Vector4 vector) => Vector4.Clamp(vector, Vector4.Zero, Vector4.One) * 65535F;

    public static ushort Word(float value) => (ushort)MathF.Round(value);
}
