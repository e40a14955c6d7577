using System.Numerics.Tensors;
using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// How much detail there is around each pixel in each band: the mean square over a neighbourhood, of known pixels alone; in missing pixels
/// what a harmonic surface through the roots of these continues it with.
/// </summary>
internal static class ExpectedDetail
{
    /// <summary>Estimates the energies.</summary>
    /// <param name="bands">The picture in bands.</param>
    /// <param name="missing">Its missing pixels (1), at least one of which is known.</param>
    /// <param name="smoothing">Of the bands' size.</param>
    /// <param name="parallel">Threads and token.</param>
    /// <returns>For each band, sums over the channels: height × width values.</returns>
    internal static float[][] Estimate(DetailBands bands, byte[] missing, SplineSmoothing smoothing, ParallelOptions parallel)
    {
        (int height, int width) = (bands.Box.Height, bands.Box.Width);
        float[][] energies = new float[DetailBands.Count][];
        float[] weights = new float[bands.PixelCount];
        using ImageTensor roots = ImageTensor.CreateUninitialized(ImageShape.Single(DetailBands.Count, height, width));
        for (int j = 0; j < DetailBands.Count; j++)
        {
            int band = j;
            float[] energy = energies[j] = new float[bands.PixelCount];
            float[][] detail = bands.Detail(j, parallel);
            ForRows((from, to) =>
            {
                foreach (float[] plane in detail)
                {
                    for (int i = from; i < to; i++)
                    {
                        energy[i] += plane[i] * plane[i];
                    }
                }

                for (int i = from; i < to; i++)
                {
                    weights[i] = 1 - missing[i];
                    energy[i] *= weights[i];
                }
            });
            smoothing.OverNeighbourhood(energy, j);
            smoothing.OverNeighbourhood(weights, j);
            ForRows((from, to) =>
            {
                Span<float> plane = roots.Plane(0, band);
                for (int i = from; i < to; i++)
                {
                    plane[i] = missing[i] == 0 ? MathF.Sqrt(energy[i] / weights[i]) : 0;
                }
            });
        }

        var mask = new Mask(height, width);
        missing.CopyTo(mask.Values);
        MissingPixels.Fill(roots, mask, InitialFill.Harmonic, random: null, parallel.CancellationToken);
        for (int j = 0; j < DetailBands.Count; j++)
        {
            int band = j;
            ForRows((from, to) =>
            {
                ReadOnlySpan<float> plane = roots.Plane(0, band)[from..to];
                TensorPrimitives.Multiply(plane, plane, energies[band].AsSpan(from, plane.Length));
            });
        }

        return energies;

        void ForRows(Action<int, int> action) => Parallel.For(0, height, parallel, y => action(y * width, (y + 1) * width));
    }
}
