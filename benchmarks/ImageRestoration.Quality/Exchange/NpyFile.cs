using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageRestoration.Quality.Exchange;

/// <summary>Arrays in NumPy's .npy format, version 1, in C order: little-endian float32 and uint8.</summary>
internal static partial class NpyFile
{
    private const int PrefixLength = 10;
    private const int Alignment = 64;

    /// <summary>Reads an array.</summary>
    /// <exception cref="QualityException">The file holds something else.</exception>
    internal static (T[] Values, int[] Shape) Read<T>(string path)
        where T : unmanaged
    {
        byte[] bytes = File.ReadAllBytes(path);
        string header = Encoding.ASCII.GetString(bytes, PrefixLength, BitConverter.ToUInt16(bytes, 8));
        if (!header.Contains($"'{TypeName<T>()}'", StringComparison.Ordinal) || header.Contains("True", StringComparison.Ordinal))
        {
            throw new QualityException($"'{path}' has header {header.Trim()}; it must hold {TypeName<T>()} in C order. Save it with numpy.ascontiguousarray.");
        }

        int[] shape = [.. ShapePattern().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
        return (MemoryMarshal.Cast<byte, T>(bytes.AsSpan(PrefixLength + header.Length)).ToArray(), shape);
    }

    /// <summary>Writes an array.</summary>
    internal static void Write<T>(string path, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        string dictionary = $"{{'descr': '{TypeName<T>()}', 'fortran_order': False, 'shape': ({string.Join(", ", shape.ToArray())},), }}";
        int length = (PrefixLength + dictionary.Length + Alignment) / Alignment * Alignment;
        string header = dictionary.PadRight(length - PrefixLength - 1) + '\n';
        using FileStream stream = File.Create(path);
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static string TypeName<T>() => typeof(T) == typeof(float) ? "<f4" : typeof(T) == typeof(byte) ? "|u1" : throw new NotSupportedException($"{typeof(T)} is neither float nor byte.");

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
