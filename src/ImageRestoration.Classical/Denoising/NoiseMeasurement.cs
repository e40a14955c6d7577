using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ImageRestoration.Imaging;

namespace ImageRestoration.Classical.Denoising;

/// <summary>Measures the noise of a picture in its flattest 8×8 blocks; <see cref="NoiseEstimate"/> says how.</summary>
internal sealed class NoiseMeasurement
{
    private const int Side = BlockTransform.Side;
    private const int Length = BlockTransform.Length;
    private const int MostLevels = 6;
    private const int BlocksPerLevel = 16;
    private const int LeastFlatBlocks = 8;
    private const int BlocksPerFlatOne = 100;
    private const int MostClipped = 4;
    private const float Scale = 255;

    // Variance at the mean brightness in multiples of that where it is least: more than this is texture.
    private const double LargestRatio = 4;

    private readonly ImageTensor _image;
    private readonly int _picture;
    private readonly BlockLattice _blocks;

    private NoiseMeasurement(ImageTensor image, int picture)
        => (_image, _picture, _blocks) = (image, picture, new BlockLattice(image));

    /// <summary>Measures a picture.</summary>
    /// <returns>The noise on the scale [0, 255], and what all of its variances are to be multiplied by.</returns>
    internal static (NoiseSpectrum Spectrum, double Factor) Measure(ImageTensor image, int picture)
        => new NoiseMeasurement(image, picture).Measure();

    private (NoiseSpectrum Spectrum, double Factor) Measure()
    {
        int count = _blocks.Count;
        float[] numbers = ArrayPool<float>.Shared.Rent(4 * count);
        int[] order = ArrayPool<int>.Shared.Rent(2 * count);
        try
        {
            Span<float> first = numbers.AsSpan(0, count), second = numbers.AsSpan(count, count);
            Span<float> brightness = numbers.AsSpan(2 * count, count), keys = numbers.AsSpan(3 * count, count);
            int usable = MeasureBlocks(first, second, brightness);
            Span<int> blocks = order.AsSpan(0, count), sorted = order.AsSpan(count, count);
            Enumerate(blocks);
            brightness.CopyTo(keys);
            keys.Sort(blocks);

            int levels = Math.Clamp(usable / BlocksPerLevel, 1, MostLevels);
            var points = new (double Brightness, double Variance)[usable == 0 ? 0 : levels];
            var spectra = new NoiseSpectrum[points.Length];
            for (int i = 0; i < points.Length; i++)
            {
                Range range = (i * usable / levels)..((i + 1) * usable / levels);
                spectra[i] = new NoiseSpectrum(_image.Channels);
                AddFlattest(first, blocks[range], keys, sorted, NoiseSpectrum.SecondHalf, spectra[i]);
                AddFlattest(second, blocks[range], keys, sorted, NoiseSpectrum.FirstHalf, spectra[i]);
                spectra[i].FillLowest();

                // The least of several is too small, by about the standard error of each.
                double error = levels > 1 ? Math.Sqrt(2.0 / (FlatOf(blocks[range].Length) * NoiseSpectrum.Coefficients)) : 0;
                points[i] = (MeanOf(brightness, blocks[range]), (1 + error) * spectra[i].Variances.Average());
            }

            return Combine(points, spectra);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(numbers);
            ArrayPool<int>.Shared.Return(order);
        }
    }

    /// <summary>
    /// Takes the spectrum of the levels of brightness that have no more than the noise at the mean brightness, and the factor to the
    /// latter.
    /// </summary>
    private (NoiseSpectrum Spectrum, double Factor) Combine((double Brightness, double Variance)[] points, NoiseSpectrum[] spectra)
    {
        var sum = new NoiseSpectrum(_image.Channels);
        if (points.Length == 0)
        {
            return (sum, 0);
        }

        double mean = points.Average(point => point.Brightness), variance = LargestRatio * points.Min(point => point.Variance);
        foreach ((double darker, double low) in points.Where(point => point.Brightness <= mean))
        {
            foreach ((double brighter, double high) in points.Where(point => point.Brightness >= mean))
            {
                double share = brighter > darker ? (mean - darker) / (brighter - darker) : 0;
                variance = Math.Min(variance, low + (share * (high - low)));
            }
        }

        foreach ((NoiseSpectrum spectrum, _) in spectra.Zip(points).Where(pair => pair.Second.Variance <= variance))
        {
            sum.Add(spectrum);
        }

        double measured = sum.Variances.Average();
        return (sum, measured > 0 ? variance / measured : 0);
    }

    /// <summary>
    /// Measures the brightness of each block's mean over the channels, and its detail in each half of the coefficients; all are infinite
    /// for blocks that tell nothing.
    /// </summary>
    /// <returns>The blocks that tell something.</returns>
    private int MeasureBlocks(Span<float> first, Span<float> second, Span<float> brightness)
    {
        Span<float> mean = stackalloc float[Length], squares = stackalloc float[Length];
        for (int allowed = MostClipped; ; allowed = Length)
        {
            int usable = 0;
            for (int i = 0; i < first.Length; i++)
            {
                (first[i], second[i], brightness[i]) = (float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity);
                if (TryReadMean(i, allowed * _image.Channels, mean))
                {
                    BlockTransform.Apply(mean);
                    brightness[i] = mean[0] / Side;
                    TensorPrimitives.Multiply(mean, mean, squares);
                    first[i] = TensorPrimitives.Dot(squares, NoiseSpectrum.FirstHalf);
                    second[i] = TensorPrimitives.Dot(squares, NoiseSpectrum.SecondHalf);
                    usable++;
                }
            }

            // Of pictures that are mostly black or white, clipped blocks have to do.
            if (usable >= Math.Min(BlocksPerLevel, first.Length) || allowed == Length)
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

    /// <summary>Adds one half of the coefficients of those of some blocks that have least detail in the other half.</summary>
    private void AddFlattest(
        Span<float> details, Span<int> blocks, Span<float> keys, Span<int> sorted, float[] half, NoiseSpectrum spectrum)
    {
        keys = keys[..blocks.Length];
        sorted = sorted[..blocks.Length];
        blocks.CopyTo(sorted);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = details[blocks[i]];
        }

        keys.Sort(sorted);
        int flat = FlatOf(blocks.Length);
        float[] coefficients = ArrayPool<float>.Shared.Rent(_image.Channels * Length);
        foreach (int block in sorted[..flat])
        {
            (int y, int x) = _blocks[block];
            for (int channel = 0; channel < _image.Channels; channel++)
            {
                Span<float> values = coefficients.AsSpan(channel * Length, Length);
                for (int row = 0; row < Side; row++)
                {
                    TensorPrimitives.Multiply(
                        _image.Row(_picture, channel, y + row).Slice(x, Side), Scale, values.Slice(Side * row, Side));
                }

                BlockTransform.Apply(values);
            }

            spectrum.Add(coefficients, half, 1.0 / flat);
        }

        ArrayPool<float>.Shared.Return(coefficients);
    }

    private static int FlatOf(int blocks) => Math.Max(blocks / BlocksPerFlatOne, Math.Min(LeastFlatBlocks, (blocks + 3) / 4));

    private static void Enumerate(Span<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }
    }

    private static double MeanOf(ReadOnlySpan<float> values, ReadOnlySpan<int> indices)
    {
        double sum = 0;
        foreach (int i in indices)
        {
            sum += values[i];
        }

        return sum / indices.Length;
    }
}
