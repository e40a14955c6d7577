using System.Numerics.Tensors;
using ImageRestoration.Restoration;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Smooths planes by the cubic B-spline 1 4 6 4 1 whose taps lie some pixels apart, rows and columns one after the other; beyond their
/// border planes are mirrored. Steps of 1, 2, 4, … after each other are the undecimated ("à trous") wavelet transform of Starck and
/// Murtagh, "Image Restoration with Noise Suppression Using the Wavelet Transform", 1994. Not for several threads at once.
/// </summary>
internal sealed class SplineSmoothing(int height, int width, ParallelOptions parallel)
{
    private const float Centre = 6 / 16f;
    private const float Inner = 4 / 16f;
    private const float Outer = 1 / 16f;

    private readonly float[] _columns = new float[height * width];

    /// <summary>Smooths a plane of height × width values.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="result">Receives the smooth plane; may be the plane itself.</param>
    /// <param name="step">Pixels from one tap to the next.</param>
    internal void Run(float[] plane, float[] result, int step)
    {
        Parallel.For(0, height, parallel, y =>
        {
            ReadOnlySpan<float> Row(int tap) => plane.AsSpan(MirrorPadding.Mirror(y + (tap * step), height) * width, width);
            Mix(Row(-2), Row(-1), Row(0), Row(1), Row(2), _columns.AsSpan(y * width, width));
        });
        int margin = 2 * step;
        Parallel.For(
            0,
            height,
            parallel,
            () => new float[width + (2 * margin)],
            (y, _, line) =>
            {
                ReadOnlySpan<float> row = _columns.AsSpan(y * width, width);
                row.CopyTo(line.AsSpan(margin));
                for (int i = 0; i < margin; i++)
                {
                    line[i] = row[MirrorPadding.Mirror(i - margin, width)];
                    line[margin + width + i] = row[MirrorPadding.Mirror(width + i, width)];
                }

                ReadOnlySpan<float> At(int tap) => line.AsSpan(tap * step, width);
                Mix(At(0), At(1), At(2), At(3), At(4), result.AsSpan(y * width, width));
                return line;
            },
            _ => { });
    }

    /// <summary>Smooths a plane in place over the neighbourhood in which the energy of a band of detail is measured.</summary>
    internal void OverNeighbourhood(float[] plane, int band)
    {
        Run(plane, plane, 1 << band);
        Run(plane, plane, 2 << band);
    }

    private static void Mix(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, ReadOnlySpan<float> e,
        Span<float> result)
    {
        TensorPrimitives.Add(a, e, result);
        TensorPrimitives.Multiply(result, Outer, result);
        TensorPrimitives.MultiplyAdd(b, Inner, result, result);
        TensorPrimitives.MultiplyAdd(d, Inner, result, result);
        TensorPrimitives.MultiplyAdd(c, Centre, result, result);
    }
}
