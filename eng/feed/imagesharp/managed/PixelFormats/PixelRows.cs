using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Converts rows between pixel formats, each pair through the target's own conversion.</summary>
internal static class PixelRows
{
    public static void Convert<TSource, TTarget>(ReadOnlySpan<TSource> source, Span<TTarget> target)
        where TSource : unmanaged, IPixel<TSource>
        where TTarget : unmanaged, IPixel<TTarget>
    {
        if (typeof(TSource) == typeof(TTarget))
        {
            MemoryMarshal.Cast<TSource, TTarget>(source).CopyTo(target);
        }
        else if (typeof(TSource) == typeof(L8))
        {
            ReadOnlySpan<L8> pixels = MemoryMarshal.Cast<TSource, L8>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromL8(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(L16))
        {
            ReadOnlySpan<L16> pixels = MemoryMarshal.Cast<TSource, L16>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromL16(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(La16))
        {
            ReadOnlySpan<La16> pixels = MemoryMarshal.Cast<TSource, La16>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromLa16(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(La32))
        {
            ReadOnlySpan<La32> pixels = MemoryMarshal.Cast<TSource, La32>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromLa32(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Rgb24))
        {
            ReadOnlySpan<Rgb24> pixels = MemoryMarshal.Cast<TSource, Rgb24>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgb24(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Bgr24))
        {
            ReadOnlySpan<Bgr24> pixels = MemoryMarshal.Cast<TSource, Bgr24>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromBgr24(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Bgra32))
        {
            ReadOnlySpan<Bgra32> pixels = MemoryMarshal.Cast<TSource, Bgra32>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromBgra32(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Rgba32))
        {
            ReadOnlySpan<Rgba32> pixels = MemoryMarshal.Cast<TSource, Rgba32>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgba32(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Rgb48))
        {
            ReadOnlySpan<Rgb48> pixels = MemoryMarshal.Cast<TSource, Rgb48>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgb48(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Rgba64))
        {
            ReadOnlySpan<Rgba64> pixels = MemoryMarshal.Cast<TSource, Rgba64>(source);
            for (int i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgba64(pixels[i]);
            }
        }
        else
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i].FromScaledVector4(source[i].ToScaledVector4());
            }
        }
    }
}
