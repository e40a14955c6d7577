using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Data;

/// <summary>A picture that takes little memory: planes of 8-bit samples, n for n/255, or of 16-bit samples, n for n/65535.</summary>
/// <remarks>Immutable; safe for use from several threads.</remarks>
public sealed class PackedImage
{
    private const int Chunk = 4096;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ReadOnlyMemory<ushort> _words;

    private PackedImage(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<ushort> words, int bits, int channels, int height, int width)
    {
        ImageShape shape = ImageShape.Single(channels, height, width);
        shape.ThrowIfInvalid(nameof(channels));
        int length = bits == 8 ? bytes.Length : words.Length;
        if (length != shape.ElementCount)
        {
            throw DataErrors.PackedLength(length, shape);
        }

        _bytes = bytes;
        _words = words;
        Bits = bits;
        Channels = channels;
        Height = height;
        Width = width;
    }

    /// <summary>Planes.</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Bits of a sample: 8 or 16.</summary>
    public int Bits { get; }

    /// <summary>Bytes of the samples.</summary>
    public long ByteCount => _bytes.Length + (2L * _words.Length);

    /// <summary>Puts a picture around 8-bit samples, which are not copied and must not change.</summary>
    /// <param name="samples">channels × height × width samples, plane by plane; n stands for n/255.</param>
    /// <param name="channels">Planes.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="TensorShapeException">The number of samples is another.</exception>
    public static PackedImage Wrap(ReadOnlyMemory<byte> samples, int channels, int height, int width)
        => new(samples, default, 8, channels, height, width);

    /// <summary>Puts a picture around 16-bit samples, which are not copied and must not change.</summary>
    /// <param name="samples">channels × height × width samples, plane by plane; n stands for n/65535.</param>
    /// <param name="channels">Planes.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="TensorShapeException">The number of samples is another.</exception>
    public static PackedImage Wrap(ReadOnlyMemory<ushort> samples, int channels, int height, int width)
        => new(default, samples, 16, channels, height, width);

    /// <summary>Packs a picture; its values are limited to [0, 1] and rounded to the nearest sample.</summary>
    /// <param name="picture">1 × channels × height × width, nominal range [0, 1].</param>
    /// <param name="bits">Bits of a sample: 8 or 16.</param>
    /// <returns>The packed picture.</returns>
    /// <exception cref="TensorShapeException">The tensor holds several pictures.</exception>
    public static PackedImage Pack(ImageTensor picture, int bits)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Batch != 1)
        {
            throw DataErrors.PackedBatch(picture.Batch);
        }

        return bits switch
        {
            8 => Wrap(Quantize<byte>(picture.Span, byte.MaxValue), picture.Channels, picture.Height, picture.Width),
            16 => Wrap(Quantize<ushort>(picture.Span, ushort.MaxValue), picture.Channels, picture.Height, picture.Width),
            _ => throw new ArgumentOutOfRangeException(nameof(bits), bits, "A sample has 8 or 16 bits."),
        };
    }

    /// <summary>Copies a rectangle of all planes.</summary>
    /// <param name="top">First row.</param>
    /// <param name="left">First column.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="destination">At least channels × height × width values, plane by plane, in [0, 1].</param>
    public void Read(int top, int left, int height, int width, Span<float> destination)
    {
        if (top < 0 || left < 0 || height < 1 || width < 1 || top > Height - height || left > Width - width)
        {
            throw DataErrors.PackedRectangle((top, left, height, width), (Height, Width), nameof(top));
        }

        destination = destination[..(Channels * height * width)];
        Span<float> rest = destination;
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int row = top; row < top + height; row++)
            {
                int start = (((channel * Height) + row) * Width) + left;
                if (Bits == 8)
                {
                    Widen(_bytes.Span.Slice(start, width), rest);
                }
                else
                {
                    Widen(_words.Span.Slice(start, width), rest);
                }

                rest = rest[width..];
            }
        }

        TensorPrimitives.Divide(destination, Bits == 8 ? byte.MaxValue : ushort.MaxValue, destination);
    }

    private static T[] Quantize<T>(ReadOnlySpan<float> values, float maximum)
        where T : System.Numerics.INumberBase<T>
    {
        var samples = new T[values.Length];
        float[] levels = ArrayPool<float>.Shared.Rent(Chunk);
        for (int start = 0; start < values.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, values.Length - start);
            Quantization.ToLevels(values.Slice(start, count), levels, maximum);
            TensorPrimitives.ConvertSaturating<float, T>(levels.AsSpan(0, count), samples.AsSpan(start, count));
        }

        ArrayPool<float>.Shared.Return(levels);
        return samples;
    }

    private static void Widen(ReadOnlySpan<byte> samples, Span<float> values)
    {
        for (int x = 0; x < samples.Length; x++)
        {
            values[x] = samples[x];
        }
    }

    private static void Widen(ReadOnlySpan<ushort> samples, Span<float> values)
    {
        for (int x = 0; x < samples.Length; x++)
        {
            values[x] = samples[x];
        }
    }
}
