using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Denoising;

/// <summary>
/// What noise there is at each frequency of the flattest 8×8 blocks of a picture; <see cref="NoiseEstimate"/> says how it is measured.
/// </summary>
internal sealed class NoiseSpectrum
{
    private const int Side = BlockTransform.Side;
    private const int Length = BlockTransform.Length;
    private const int LeastBlocks = 16;
    private const int BlocksPerFlatOne = 100;

    // Frequencies u + v: shading is below the first, and what stands for it up to the second.
    private const int Lowest = 3;
    private const int LowestOfMiddle = 5;
    private const int MostClipped = 4;
    private const float Scale = 255;

    private static readonly float[] _first = Weights(half: 0), _second = Weights(half: 1);

    private readonly ImageTensor _image;
    private readonly int _picture;
    private readonly BlockLattice _blocks;
    private readonly double[][] _spectra;
    private readonly double[,] _products;

    private NoiseSpectrum(ImageTensor image, int picture)
    {
        (_image, _picture, _blocks) = (image, picture, new BlockLattice(image));
        _spectra = [.. Enumerable.Range(0, image.Channels).Select(_ => new double[Length])];
        _products = new double[image.Channels, image.Channels];
        Variances = new double[image.Channels];
    }

    /// <summary>Variance of each channel's noise on the scale [0, 255].</summary>
    internal double[] Variances { get; }

    /// <summary>Mean correlation of the noise of two channels.</summary>
    internal double ChannelCorrelation { get; private set; }

    /// <summary>Mean correlation of the noise of two neighbouring pixels.</summary>
    internal double SpatialCorrelation { get; private set; }

    internal static NoiseSpectrum Measure(ImageTensor image, int picture)
    {
        var spectrum = new NoiseSpectrum(image, picture);
        spectrum.Measure();
        return spectrum;
    }

    private void Measure()
    {
        int count = _blocks.Count;
        float[] energies = ArrayPool<float>.Shared.Rent(2 * count);
        int[] order = ArrayPool<int>.Shared.Rent(count);
        try
        {
            Span<float> first = energies.AsSpan(0, count), second = energies.AsSpan(count, count);
            Span<int> blocks = order.AsSpan(0, count);
            int usable = MeasureEnergies(first, second);
            int flat = Math.Max(usable / BlocksPerFlatOne, Math.Min(LeastBlocks, (usable + 3) / 4));
            if (flat == 0)
            {
                return;
            }

            AddFlattest(first, blocks, flat, _second);
            AddFlattest(second, blocks, flat, _first);
            Summarize(flat);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(energies);
            ArrayPool<int>.Shared.Return(order);
        }
    }

    /// <summary>
    /// Measures the detail of each block's mean over the channels in each half of the coefficients; infinite for blocks that tell nothing.
    /// </summary>
    /// <returns>The blocks that tell something.</returns>
    private int MeasureEnergies(Span<float> first, Span<float> second)
    {
        Span<float> mean = stackalloc float[Length], squares = stackalloc float[Length];
        for (int allowed = MostClipped; ; allowed = Length)
        {
            int usable = 0;
            for (int i = 0; i < first.Length; i++)
            {
                (first[i], second[i]) = (float.PositiveInfinity, float.PositiveInfinity);
                if (TryReadMean(i, allowed * _image.Channels, mean))
                {
                    BlockTransform.Apply(mean);
                    TensorPrimitives.Multiply(mean, mean, squares);
                    (first[i], second[i]) = (TensorPrimitives.Dot(squares, _first), TensorPrimitives.Dot(squares, _second));
                    usable++;
                }
            }

            // Of pictures that are mostly black or white, clipped blocks have to do.
            if (usable >= Math.Min(LeastBlocks, first.Length) || allowed == Length)
            {
                return usable;
            }
        }
    }

    /// <summary>
    /// Reads the mean of a block over the channels, unless too much of it is clipped or all of each channel is one value.
    /// </summary>
    private bool TryReadMean(int block, int mostClipped, Span<float> mean)
    {
        (int y, int x) = _blocks[block];
        Span<Vector256<float>> rows = MemoryMarshal.Cast<float, Vector256<float>>(mean);
        rows.Clear();
        int clipped = 0;
        bool varies = false;
        for (int channel = 0; channel < _image.Channels; channel++)
        {
            ReadOnlySpan<float> plane = _image.Plane(_picture, channel)[((y * _image.Width) + x)..];
            Vector256<float> corner = Vector256.Create(plane[0]);
            for (int row = 0; row < Side; row++)
            {
                Vector256<float> values = Vector256.Create(plane[(row * _image.Width)..]);
                Vector256<float> black = Vector256.Equals(values, Vector256<float>.Zero);
                Vector256<float> white = Vector256.Equals(values, Vector256<float>.One);
                clipped += BitOperations.PopCount((black | white).ExtractMostSignificantBits());
                varies |= values != corner;
                rows[row] += values * (Scale / _image.Channels);
            }
        }

        return varies && clipped <= mostClipped;
    }

    /// <summary>Adds one half of the coefficients of the blocks that have least detail in the other half.</summary>
    private void AddFlattest(Span<float> energies, Span<int> blocks, int flat, float[] weights)
    {
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = i;
        }

        energies.Sort(blocks);
        int channels = _image.Channels;
        float[] coefficients = ArrayPool<float>.Shared.Rent((channels + 1) * Length);
        Span<float> product = coefficients.AsSpan(channels * Length, Length);
        foreach (int block in blocks[..flat])
        {
            (int y, int x) = _blocks[block];
            for (int a = 0; a < channels; a++)
            {
                Span<float> values = coefficients.AsSpan(a * Length, Length);
                for (int row = 0; row < Side; row++)
                {
                    TensorPrimitives.Multiply(
                        _image.Row(_picture, a, y + row).Slice(x, Side), Scale, values.Slice(Side * row, Side));
                }

                BlockTransform.Apply(values);
                TensorPrimitives.Multiply(values, weights, values);
                for (int b = 0; b <= a; b++)
                {
                    TensorPrimitives.Multiply(values, coefficients.AsSpan(b * Length, Length), product);
                    _products[a, b] += TensorPrimitives.Sum(product);
                }

                for (int k = 0; k < Length; k++)
                {
                    _spectra[a][k] += product[k];
                }
            }
        }

        ArrayPool<float>.Shared.Return(coefficients);
    }

    private void Summarize(int flat)
    {
        double smoothness = 0, total = 0, correlation = 0;
        for (int a = 0; a < Variances.Length; a++)
        {
            double[] spectrum = _spectra[a];
            TensorPrimitives.Divide<double>(spectrum, flat, spectrum);
            FillLowest(spectrum);
            double sum = TensorPrimitives.Sum<double>(spectrum);
            Variances[a] = sum / (Length - 1);
            total += sum;
            smoothness += Smoothness(spectrum);
            for (int b = 0; b < a; b++)
            {
                double scale = Math.Sqrt(_products[a, a] * _products[b, b]);
                correlation += scale > 0 ? _products[a, b] / scale : 0;
            }
        }

        int pairs = Variances.Length * (Variances.Length - 1) / 2;
        ChannelCorrelation = pairs > 0 ? Math.Clamp(correlation / pairs, -1, 1) : 0;
        SpatialCorrelation = total > 0 ? Math.Clamp(smoothness / total, -1, 1) : 0;
    }

    /// <summary>Gives the lowest frequencies but the mean what the next higher ones have on average.</summary>
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
