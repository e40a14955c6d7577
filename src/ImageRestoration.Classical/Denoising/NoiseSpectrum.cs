using System.Numerics.Tensors;

namespace ImageRestoration.Classical.Denoising;

/// <summary>What noise there is at each frequency of some flat 8×8 blocks of a picture, and what channels share of it.</summary>
internal sealed class NoiseSpectrum
{
    /// <summary>Coefficients that are measured.</summary>
    internal const int Coefficients = 58;

    private const int Side = BlockTransform.Side;
    private const int Length = BlockTransform.Length;

    // Frequencies u + v: shading is below the first, and what stands for it up to the second.
    private const int Lowest = 3;
    private const int LowestOfMiddle = 5;

    private readonly double[][] _spectra;
    private readonly double[,] _products;

    internal NoiseSpectrum(int channels)
    {
        _spectra = [.. Enumerable.Range(0, channels).Select(_ => new double[Length])];
        _products = new double[channels, channels];
    }

    /// <summary>The two halves of the coefficients above shading: 1 where a coefficient belongs to the half.</summary>
    internal static float[] FirstHalf { get; } = Weights(half: 0);

    /// <inheritdoc cref="FirstHalf"/>
    internal static float[] SecondHalf { get; } = Weights(half: 1);

    /// <summary>Variance of each channel on the scale of the blocks.</summary>
    internal double[] Variances => [.. _spectra.Select(spectrum => spectrum.Sum() / (Length - 1))];

    /// <summary>Mean correlation of two channels; 0 of one.</summary>
    internal double ChannelCorrelation
    {
        get
        {
            double sum = 0;
            int channels = _spectra.Length, pairs = channels * (channels - 1) / 2;
            for (int a = 0; a < channels; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    double scale = Math.Sqrt(_products[a, a] * _products[b, b]);
                    sum += scale > 0 ? _products[a, b] / scale : 0;
                }
            }

            return pairs > 0 ? Math.Clamp(sum / pairs, -1, 1) : 0;
        }
    }

    /// <summary>Mean correlation of two neighbouring pixels.</summary>
    internal double SpatialCorrelation
    {
        get
        {
            double total = _spectra.Sum(spectrum => spectrum.Sum());
            return total > 0 ? Math.Clamp(_spectra.Sum(Smoothness) / total, -1, 1) : 0;
        }
    }

    /// <summary>Adds one half of the coefficients of a block.</summary>
    /// <param name="coefficients">Those of each channel, one after the other; the other half's are set to 0.</param>
    /// <param name="half">The half.</param>
    /// <param name="weight">What the block counts: 1 divided by the number of blocks.</param>
    internal void Add(Span<float> coefficients, float[] half, double weight)
    {
        Span<float> product = stackalloc float[Length];
        for (int a = 0; a < _spectra.Length; a++)
        {
            Span<float> values = coefficients.Slice(a * Length, Length);
            TensorPrimitives.Multiply(values, half, values);
            for (int b = 0; b <= a; b++)
            {
                TensorPrimitives.Multiply(values, coefficients.Slice(b * Length, Length), product);
                _products[a, b] += weight * TensorPrimitives.Sum(product);
            }

            for (int k = 0; k < Length; k++)
            {
                _spectra[a][k] += weight * product[k];
            }
        }
    }

    /// <summary>Adds another spectrum.</summary>
    internal void Add(NoiseSpectrum other)
    {
        for (int a = 0; a < _spectra.Length; a++)
        {
            TensorPrimitives.Add<double>(_spectra[a], other._spectra[a], _spectra[a]);
            for (int b = 0; b <= a; b++)
            {
                _products[a, b] += other._products[a, b];
            }
        }
    }

    /// <summary>Gives the lowest frequencies but the mean what the next higher ones have on average, once all blocks are added.</summary>
    internal void FillLowest() => Array.ForEach(_spectra, FillLowest);

    private static void FillLowest(double[] spectrum)
    {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < Length; k++)
        {
            if (FrequencyOf(k) is >= Lowest and <= LowestOfMiddle)
            {
                sum += spectrum[k];
                count++;
            }
        }

        for (int k = 1; k < Length; k++)
        {
            spectrum[k] = FrequencyOf(k) < Lowest ? sum / count : spectrum[k];
        }
    }

    /// <summary>
    /// Adds up variance × correlation of neighbours, which is 1 − E[d²]/2σ² with d their differences. The transform's basis diagonalizes
    /// the sum of d² over the 7 differences in a line, with eigenvalues 2 − 2 cos(πu/8) (Strang, "The Discrete Cosine Transform", 1999).
    /// </summary>
    private static double Smoothness(double[] spectrum)
    {
        const double share = (Length - 1.0) / (2 * Side * (Side - 1));
        double sum = 0;
        for (int k = 1; k < Length; k++)
        {
            (int v, int u) = Math.DivRem(k, Side);
            sum += spectrum[k] * (1 - (share * (2 - Math.Cos(Math.PI * u / Side) - Math.Cos(Math.PI * v / Side))));
        }

        return sum;
    }

    private static int FrequencyOf(int coefficient) => (coefficient / Side) + (coefficient % Side);

    /// <summary>
    /// One half of the coefficients, in pairs: a structure that is symmetric in its block, or the opposite, has every other one alone.
    /// </summary>
    private static float[] Weights(int half)
        => [.. Enumerable.Range(0, Length).Select(k => FrequencyOf(k) >= Lowest && HalfOf(k) == half ? 1f : 0f)];

    private static int HalfOf(int coefficient) => ((coefficient / Side / 2) + (coefficient % Side / 2)) % 2;
}
