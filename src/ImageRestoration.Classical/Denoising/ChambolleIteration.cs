using System.Buffers;
using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// Chambolle's fixed-point iteration (2004, equation 9) for one picture: its dual variable, the result's difference from the picture being
/// the dual's divergence. Channels share the length of their gradients (Bresson and Chan, 2008), so that edges stay in the same places.
/// </summary>
/// <remarks>
/// Each step reads and writes the dual once, band by band. A band needs the rows at both of its ends as they were before the step, so they
/// are computed first; then the bands are independent, and the result does not depend on how many run at a time.
/// </remarks>
internal sealed class ChambolleIteration : IDisposable
{
    /// <summary>Step of the iteration; a quarter is the largest that surely converges in two dimensions.</summary>
    private const float Step = 0.25f;

    private const int BandHeight = 32;

    private readonly ImageTensor _image;
    private readonly int _picture;
    private readonly float _weight;
    private readonly ImageTensor _horizontal;
    private readonly ImageTensor _vertical;
    private readonly ImageTensor _ends;
    private readonly double[] _energies;
    private readonly ParallelOptions _parallel;

    public ChambolleIteration(ImageTensor image, int picture, float weight, CancellationToken cancellationToken)
    {
        _image = image;
        _picture = picture;
        _weight = weight;
        int bands = ((image.Height - 1) / BandHeight) + 1;
        _horizontal = ImageTensor.Create(image.Shape with { Batch = 1 });
        _vertical = ImageTensor.Create(image.Shape with { Batch = 1 });
        _ends = ImageTensor.Create(ImageShape.Single(image.Channels, bands, image.Width));
        _energies = new double[bands];
        _parallel = new ParallelOptions { CancellationToken = cancellationToken };
    }

    /// <summary>Makes one step.</summary>
    /// <returns>The energy before the step: squared distance from the picture plus weighted total variation.</returns>
    public double Advance()
    {
        Parallel.For(0, _energies.Length, _parallel, band =>
        {
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                ComputeRow(channel, band * BandHeight, _ends.Row(0, channel, band));
            }
        });
        Parallel.For(0, _energies.Length, _parallel, band => _energies[band] = AdvanceBand(band));
        return TensorPrimitives.Sum<double>(_energies);
    }

    /// <summary>Writes the picture as denoised so far.</summary>
    public void Store(ImageTensor result)
        => Parallel.For(0, _image.Height, _parallel, row =>
        {
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                ComputeRow(channel, row, result.Row(_picture, channel, row));
            }
        });

    public void Dispose()
    {
        _horizontal.Dispose();
        _vertical.Dispose();
        _ends.Dispose();
    }

    private double AdvanceBand(int band)
    {
        (int channels, int width) = (_image.Channels, _image.Width);
        int end = Math.Min((band + 1) * BandHeight, _image.Height);
        float[] buffer = ArrayPool<float>.Shared.Rent(((4 * channels) + 1) * width);
        try
        {
            Span<float> current = buffer.AsSpan(0, channels * width);
            Span<float> next = buffer.AsSpan(channels * width, channels * width);
            Span<float> right = buffer.AsSpan(2 * channels * width, channels * width);
            Span<float> down = buffer.AsSpan(3 * channels * width, channels * width);
            Span<float> length = buffer.AsSpan(4 * channels * width, width);
            CopyEnds(band, current);
            double energy = 0;
            for (int row = band * BandHeight; row < end; row++)
            {
                // The next row needs this one's dual as it was, so it comes first.
                if (row + 1 == end && end < _image.Height)
                {
                    CopyEnds(band + 1, next);
                }
                else
                {
                    for (int channel = 0; channel < channels && row + 1 < end; channel++)
                    {
                        ComputeRow(channel, row + 1, next.Slice(channel * width, width));
                    }
                }

                for (int channel = 0; channel < channels; channel++)
                {
                    Span<float> values = current.Slice(channel * width, width);
                    double distance = TensorPrimitives.Distance<float>(values, _image.Row(_picture, channel, row));
                    energy += distance * distance;
                    Span<float> rightward = right.Slice(channel * width, width);
                    TensorPrimitives.Subtract(values[1..], values[..^1], rightward[..^1]);
                    rightward[^1] = 0;
                }

                if (row + 1 < _image.Height)
                {
                    TensorPrimitives.Subtract(next, current, down);
                }
                else
                {
                    down.Clear();
                }

                energy += UpdateDual(row, right, down, length);
                Span<float> done = current;
                current = next;
                next = done;
            }

            return energy;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Moves one row of the dual along the gradient and back to length 1.</summary>
    /// <returns>The row's weighted total variation.</returns>
    private double UpdateDual(int row, Span<float> right, Span<float> down, Span<float> length)
    {
        int width = length.Length;
        length.Clear();
        for (int i = 0; i < right.Length; i += width)
        {
            Span<float> rightward = right.Slice(i, width), downward = down.Slice(i, width);
            TensorPrimitives.MultiplyAdd(rightward, rightward, length, length);
            TensorPrimitives.MultiplyAdd(downward, downward, length, length);
        }

        TensorPrimitives.Sqrt(length, length);
        double variation = TensorPrimitives.Sum<float>(length);
        TensorPrimitives.Multiply(length, Step / _weight, length);
        TensorPrimitives.Add(length, 1f, length);
        for (int channel = 0; channel < _image.Channels; channel++)
        {
            Update(_horizontal.Row(0, channel, row), right.Slice(channel * width, width), length);
            Update(_vertical.Row(0, channel, row), down.Slice(channel * width, width), length);
        }

        return _weight * variation;

        static void Update(Span<float> dual, ReadOnlySpan<float> gradient, ReadOnlySpan<float> divisor)
        {
            TensorPrimitives.MultiplyAdd(gradient, -Step, dual, dual);
            TensorPrimitives.Divide(dual, divisor, dual);
        }
    }

    private void CopyEnds(int band, Span<float> destination)
    {
        for (int channel = 0; channel < _image.Channels; channel++)
        {
            _ends.Row(0, channel, band).CopyTo(destination[(channel * _image.Width)..]);
        }
    }

    /// <summary>One row of the picture minus the dual's divergence.</summary>
    private void ComputeRow(int channel, int row, Span<float> destination)
    {
        ReadOnlySpan<float> horizontal = _horizontal.Row(0, channel, row);
        TensorPrimitives.Subtract(_image.Row(_picture, channel, row), horizontal, destination);
        TensorPrimitives.Add(destination[1..], horizontal[..^1], destination[1..]);
        TensorPrimitives.Subtract(destination, _vertical.Row(0, channel, row), destination);
        if (row > 0)
        {
            TensorPrimitives.Add(destination, _vertical.Row(0, channel, row - 1), destination);
        }
    }
}
