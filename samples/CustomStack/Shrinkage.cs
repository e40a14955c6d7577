using System.Numerics.Tensors;
using ImageRestoration.Imaging;

namespace CustomStack;

/// <summary>Makes details of a wavelet transform smaller by what noise adds to them.</summary>
internal static class Shrinkage
{
    /// <summary>Half of a normal distribution's values are smaller than this many standard deviations.</summary>
    private const double MedianOfNormal = 0.6745;

    /// <summary>Estimates the noise of each colour from the diagonal details of the finest level, where pictures have least of their own.</summary>
    /// <returns>A standard deviation for each picture and colour.</returns>
    internal static double[] EstimateNoise(ImageTensor finest)
    {
        var noise = new double[finest.Batch * HaarEncoder.Colors];
        var magnitudes = new float[finest.Height * finest.Width];
        for (int i = 0; i < noise.Length; i++)
        {
            TensorPrimitives.Abs(finest.Plane(i / HaarEncoder.Colors, (2 * HaarEncoder.Colors) + (i % HaarEncoder.Colors)), magnitudes);
            Array.Sort(magnitudes);
            noise[i] = magnitudes[magnitudes.Length / 2] / MedianOfNormal;
        }

        return noise;
    }

    /// <summary>Moves every detail towards 0 by the threshold of its plane.</summary>
    internal static void Apply(ImageTensor details, double[] noise)
    {
        for (int n = 0; n < details.Batch; n++)
        {
            for (int c = 0; c < details.Channels; c++)
            {
                Span<float> plane = details.Plane(n, c);
                double variance = Math.Pow(noise[(n * HaarEncoder.Colors) + (c % HaarEncoder.Colors)], 2);
                double own = Math.Sqrt(Math.Max(0, (TensorPrimitives.SumOfSquares<float>(plane) / plane.Length) - variance));
                if (own == 0)
                {
                    plane.Clear();
                    continue;
                }

                float threshold = (float)(variance / own);
                foreach (ref float value in plane)
                {
                    value = MathF.CopySign(MathF.Max(0, MathF.Abs(value) - threshold), value);
                }
            }
        }
    }
}
