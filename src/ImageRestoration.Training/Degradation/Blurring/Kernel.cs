using System.Buffers;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;
using ImageRestoration.Restoration;

namespace ImageRestoration.Degradation.Blurring;

/// <summary>A blur's point spread function: the weights above zero of a small picture, which add up to 1.</summary>
internal sealed class Kernel
{
    private readonly int _radiusY;
    private readonly int _radiusX;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly float[] _weights;

    /// <summary>Creates a kernel.</summary>
    /// <param name="values">Weights of at least 0, row by row, of any sum above 0.</param>
    /// <param name="radiusY">Rows above and below the middle one.</param>
    /// <param name="radiusX">Columns to either side of the middle one.</param>
    public Kernel(ReadOnlySpan<double> values, int radiusY, int radiusX)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            sum += value;
            count += value > 0 ? 1 : 0;
        }

        (_radiusY, _radiusX) = (radiusY, radiusX);
        (_rows, _columns, _weights) = (new int[count], new int[count], new float[count]);
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] > 0)
            {
                (_rows[next], _columns[next]) = Math.DivRem(i, (2 * radiusX) + 1);
                _weights[next++] = (float)(values[i] / sum);
            }
        }
    }

    /// <summary>
    /// Convolves all channels of one picture in place; beyond its border the picture is mirrored, without repeating the border pixel.
    /// </summary>
    public void Apply(ImageTensor picture)
    {
        if (_radiusY == 0 && _radiusX == 0)
        {
            return;
        }

        // Kernels of blurs are symmetric about their middle, so that correlation is convolution.
        int stride = picture.Width + (2 * _radiusX), height = picture.Height + (2 * _radiusY);
        int[] offsets = new int[_weights.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (_rows[i] * stride) + _columns[i];
        }

        float[] padded = ArrayPool<float>.Shared.Rent(checked(stride * height));
        for (int c = 0; c < picture.Channels; c++)
        {
            for (int y = 0; y < height; y++)
            {
                Border.MirrorRow(
                    picture.Row(0, c, MirrorPadding.Mirror(y - _radiusY, picture.Height)), padded.AsSpan(y * stride, stride), _radiusX);
            }

            for (int y = 0; y < picture.Height; y++)
            {
                WeightedSum.Of(padded.AsSpan(y * stride), offsets, _weights, picture.Row(0, c, y));
            }
        }

        ArrayPool<float>.Shared.Return(padded);
    }
}
