using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Masking;

/// <summary>Says for each pixel of a picture whether it is missing (1) or known (0). One mask serves all channels.</summary>
/// <remarks>Instances are not synchronised: reading from several threads is safe while nobody writes.</remarks>
public sealed partial class Mask
{
    private readonly byte[] _values;

    /// <summary>Creates a mask in which every pixel is known.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    public Mask(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Height = height;
        Width = width;
        _values = new byte[checked(height * width)];
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>
    /// height × width values, row by row: 1 = missing, 0 = known. Any other value that is written counts as missing, so that a mask of 0
    /// and 255 can be copied in; what is made of the mask has 0 and 1 alone.
    /// </summary>
    public Span<byte> Values => _values;

    /// <summary>Whether a pixel is missing.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Column, from 0.</param>
    /// <returns><see langword="true"/> where the pixel is missing.</returns>
    public bool this[int row, int column]
    {
        get => _values[Index(row, column)] != 0;
        set => _values[Index(row, column)] = value ? (byte)1 : (byte)0;
    }

    /// <summary>One row of <see cref="Values"/>: 1 = missing, 0 = known.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <returns>width values.</returns>
    public Span<byte> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height, nameof(row));
        return _values.AsSpan(row * Width, Width);
    }

    /// <summary>Counts the missing pixels.</summary>
    /// <returns>The number of missing pixels.</returns>
    public long CountMissing() => _values.Length - _values.AsSpan().Count((byte)0);

    /// <summary>Share of the pixels that is missing, in [0, 1].</summary>
    /// <returns>Missing pixels divided by all pixels.</returns>
    public double MissingShare() => (double)CountMissing() / _values.Length;

    /// <summary>Copies the mask into a plane of floats: 1 = missing, 0 = known. This is what networks take.</summary>
    /// <param name="destination">height × width values.</param>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length != _values.Length)
        {
            throw MaskErrors.OtherLength(destination.Length, this);
        }

        for (int i = 0; i < _values.Length; i++)
        {
            destination[i] = _values[i] == 0 ? 0 : 1;
        }
    }

    /// <summary>Makes the input that networks take for a mask: one plane for each picture of a batch, 1 = missing, 0 = known.</summary>
    /// <param name="batch">Number of pictures, at least 1; all get the same plane.</param>
    /// <returns>A tensor of batch × 1 × height × width; the caller disposes it.</returns>
    public ImageTensor ToTensor(int batch = 1)
    {
        ImageTensor planes = ImageTensor.CreateUninitialized(new ImageShape(batch, 1, Height, Width));
        for (int n = 0; n < batch; n++)
        {
            CopyTo(planes.Plane(n, 0));
        }

        return planes;
    }

    internal void ThrowIfSizeDiffers(ImageShape shape)
    {
        if (shape.Height != Height || shape.Width != Width)
        {
            throw MaskErrors.OtherSize(this, shape);
        }
    }

    /// <summary>Marks the pixels along the sides as missing; where borders from opposite sides meet, every pixel is.</summary>
    /// <param name="top">Rows at the top, at least 0.</param>
    /// <param name="bottom">Rows at the bottom, at least 0.</param>
    /// <param name="left">Columns on the left, at least 0.</param>
    /// <param name="right">Columns on the right, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void MarkBorder(int top, int bottom, int left, int right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        for (int row = 0; row < Height; row++)
        {
            Span<byte> values = Row(row);
            if (row < top || row >= (long)Height - bottom || (long)left + right >= Width)
            {
                values.Fill(1);
            }
            else
            {
                values[..left].Fill(1);
                values[^right..].Fill(1);
            }
        }
    }

    /// <summary>Copies the mask: 1 = missing, 0 = known, whatever marks the missing pixels here.</summary>
    internal void CopyTo(Span<byte> destination) => Normalize(_values, destination);

    private static void Normalize(ReadOnlySpan<byte> values, Span<byte> destination) => TensorPrimitives.Min(values, (byte)1, destination);

    private int Index(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Height, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Width, nameof(column));
        return (row * Width) + column;
    }
}
