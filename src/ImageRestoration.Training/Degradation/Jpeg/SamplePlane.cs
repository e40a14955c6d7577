using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageRestoration.Degradation.Jpeg;

/// <summary>The samples of one component of a JPEG picture, [0, 255], in whole blocks of 8×8.</summary>
internal sealed class SamplePlane : IDisposable
{
    private short[] _samples;

    /// <summary>Creates a plane with arbitrary contents in pooled memory.</summary>
    /// <param name="height">Rows that belong to the picture.</param>
    /// <param name="width">Columns that belong to the picture.</param>
    public SamplePlane(int height, int width)
    {
        Height = height;
        Width = width;
        Stride = RoundUp(width);
        _samples = ArrayPool<short>.Shared.Rent(checked(RoundUp(height) * Stride));
    }

    public int Height { get; }

    public int Width { get; }

    /// <summary>Columns of all blocks: a multiple of 8.</summary>
    public int Stride { get; }

    /// <summary>All samples of a row, those beyond the picture included.</summary>
    public Span<short> Row(int row) => _samples.AsSpan(row * Stride, Stride);

    /// <summary>Repeats the last row down to the end of its blocks.</summary>
    public void FillBottom()
    {
        for (int row = Height; row < RoundUp(Height); row++)
        {
            Row(Height - 1).CopyTo(Row(row));
        }
    }

    /// <summary>Rounds all blocks as a file of a certain quality does.</summary>
    public void Round(QuantizationTable table)
    {
        ref short samples = ref MemoryMarshal.GetArrayDataReference(_samples);
        for (int row = 0; row < Height; row += 8)
        {
            for (int column = 0; column < Stride; column += 8)
            {
                BlockTransform.Apply(ref Unsafe.Add(ref samples, (row * Stride) + column), Stride, table);
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<short>.Shared.Return(_samples);
        _samples = [];
    }

    private static int RoundUp(int extent) => (extent + 7) & ~7;
}
