using System.Runtime.Intrinsics;

namespace ImageRestoration.Degradation.Jpeg;

/// <summary>RGB to YCbCr and back as JFIF 1.02 defines them, in libjpeg's fixed point with 16 bits.</summary>
/// <remarks>Spans have a multiple of 8 entries; colours are whole numbers in [0, 255].</remarks>
internal static class ColorConversion
{
    private const int Half = 1 << 15;
    private const int Middle = 128 << 16;

    public static void FromRgb(
        ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<short> y, Span<short> cb, Span<short> cr)
    {
        for (int x = 0; x < y.Length; x += 8)
        {
            Vector256<int> r = Load(red[x..]), g = Load(green[x..]), b = Load(blue[x..]);
            Store(((r * 19595) + (g * 38470) + (b * 7471) + Vector256.Create(Half)) >> 16, y[x..]);
            Store(((b * 32768) - (r * 11059) - (g * 21709) + Vector256.Create(Middle + Half - 1)) >> 16, cb[x..]);
            Store(((r * 32768) - (g * 27439) - (b * 5329) + Vector256.Create(Middle + Half - 1)) >> 16, cr[x..]);
        }
    }

    public static void FromGrey(ReadOnlySpan<float> grey, Span<short> y)
    {
        for (int x = 0; x < y.Length; x += 8)
        {
            Store(Load(grey[x..]), y[x..]);
        }
    }

    public static void ToRgb(
        ReadOnlySpan<short> y, ReadOnlySpan<short> cb, ReadOnlySpan<short> cr, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int x = 0; x < y.Length; x += 8)
        {
            Vector256<int> luminance = Load(y[x..]);
            Vector256<int> u = Load(cb[x..]) - Vector256.Create(128), v = Load(cr[x..]) - Vector256.Create(128);
            Vector256<int> half = Vector256.Create(Half);
            StoreColor(luminance + (((v * 91881) + half) >> 16), red[x..]);
            StoreColor(luminance + ((half - (u * 22554) - (v * 46802)) >> 16), green[x..]);
            StoreColor(luminance + (((u * 116130) + half) >> 16), blue[x..]);
        }
    }

    public static void ToGrey(ReadOnlySpan<short> y, Span<float> grey)
    {
        for (int x = 0; x < y.Length; x += 8)
        {
            StoreColor(Load(y[x..]), grey[x..]);
        }
    }

    private static Vector256<int> Load(ReadOnlySpan<float> values) => Vector256.ConvertToInt32(Vector256.Create(values));

    private static Vector256<int> Load(ReadOnlySpan<short> values)
    {
        Vector128<short> narrow = Vector128.Create(values);
        return Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow));
    }

    private static void Store(Vector256<int> values, Span<short> destination)
        => Vector128.Narrow(values.GetLower(), values.GetUpper()).CopyTo(destination);

    private static void StoreColor(Vector256<int> values, Span<float> destination)
    {
        Vector256<int> limited = Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(255));
        (Vector256.ConvertToSingle(limited) / Vector256.Create(255f)).CopyTo(destination);
    }
}
