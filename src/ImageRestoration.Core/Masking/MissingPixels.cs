using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ImageRestoration.Imaging;
using ImageRestoration.Numerics;

namespace ImageRestoration.Masking;

/// <summary>Gives missing pixels a value, because a network takes a picture without holes.</summary>
public static class MissingPixels
{
    /// <summary>
    /// What <see cref="InitialFill.Mean"/>, <see cref="InitialFill.Nearest"/> and <see cref="InitialFill.Harmonic"/> give if
    /// no pixel is known: the middle of the range.
    /// </summary>
    public const float WithoutKnownPixels = 0.5f;

    /// <summary>
    /// Standard deviation of the noise of <see cref="InitialFill.HarmonicWithNoise"/> far from all known pixels, for values in [0, 1].
    /// </summary>
    public const float NoiseSigma = 0.15f;

    /// <summary>Octaves of the noise of <see cref="InitialFill.HarmonicWithNoise"/>: from structures of 1 pixel to 32.</summary>
    public const int NoiseOctaves = 6;

    /// <summary>
    /// Distance in pixels from the nearest known one at which the noise of <see cref="InitialFill.HarmonicWithNoise"/> has its full
    /// strength: it grows from nothing beside known pixels, which tell what has to follow.
    /// </summary>
    public const int NoiseRamp = 9;

    private const int ValuesBetweenChecks = 1 << 20;

    private static readonly float OctaveSigma = NoiseSigma / MathF.Sqrt(NoiseOctaves);

    /// <summary>Fills missing pixels of a batch of pictures in place. Known pixels stay; what missing ones held has no influence.</summary>
    /// <param name="image">Pictures, NCHW, nominal range [0, 1].</param>
    /// <param name="mask">Missing pixels (1) of every picture, as large as the pictures.</param>
    /// <param name="fill">
    /// The values. Where every pixel is missing, those that follow from known pixels are <see cref="WithoutKnownPixels"/>.
    /// </param>
    /// <param name="random">
    /// Source of <see cref="InitialFill.Random"/> and <see cref="InitialFill.HarmonicWithNoise"/>, which alone need it.
    /// </param>
    /// <param name="cancellationToken">Stops the work; the missing pixels then hold anything.</param>
    /// <exception cref="TensorShapeException">The mask is of another size than the pictures.</exception>
    public static void Fill(
        ImageTensor image, Mask mask, InitialFill fill, Random? random = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        mask.ThrowIfSizeDiffers(image.Shape);
        switch (fill)
        {
            case InitialFill.Zero:
                FillPlanes(image, plane => SetMissing(plane, mask.Values, 0));
                break;
            case InitialFill.Mean:
                FillPlanes(image, plane => SetMissing(plane, mask.Values, MeanOfKnown(plane, mask.Values)));
                break;
            case InitialFill.Random:
                ThrowIfNull(random, fill);
                FillPlanes(image, plane => Randomize(plane, mask.Values, random));
                break;
            case InitialFill.Nearest:
                FillNearest(image, mask, cancellationToken);
                break;
            case InitialFill.Harmonic:
                FillHarmonic(image, mask, cancellationToken);
                break;
            case InitialFill.HarmonicWithNoise:
                ThrowIfNull(random, fill);
                FillHarmonic(image, mask, cancellationToken);
                AddNoise(image, mask, random);
                break;
            default:
                throw MaskErrors.UnknownFill(fill);
        }
    }

    /// <summary>Fills as restorers do: what is random has a fixed seed, so that the same request gives the same result.</summary>
    internal static void FillForRestorer(ImageTensor image, Mask mask, InitialFill fill, CancellationToken cancellationToken)
    {
        bool draws = fill is InitialFill.Random or InitialFill.HarmonicWithNoise;
        Fill(image, mask, fill, draws ? new SeededRandom(0) : null, cancellationToken);
    }

    private static void ThrowIfNull([NotNull] Random? random, InitialFill fill)
    {
        if (random is null)
        {
            throw MaskErrors.NoRandom(nameof(random), fill);
        }
    }

    private static void FillPlanes(ImageTensor image, Action<Span<float>> fillPlane)
    {
        for (int n = 0; n < image.Batch; n++)
        {
            for (int c = 0; c < image.Channels; c++)
            {
                fillPlane(image.Plane(n, c));
            }
        }
    }

    private static void SetMissing(Span<float> plane, ReadOnlySpan<byte> missing, float value)
    {
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = missing[i] != 0 ? value : plane[i];
        }
    }

    private static float MeanOfKnown(ReadOnlySpan<float> plane, ReadOnlySpan<byte> missing)
    {
        // One sum in a fixed order: vectors of different widths would round differently on different machines.
        double sum = 0;
        int known = 0;
        for (int i = 0; i < plane.Length; i++)
        {
            if (missing[i] == 0)
            {
                sum += plane[i];
                known++;
            }
        }

        return known == 0 ? WithoutKnownPixels : (float)(sum / known);
    }

    private static void Randomize(Span<float> plane, ReadOnlySpan<byte> missing, Random random)
    {
        for (int i = 0; i < plane.Length; i++)
        {
            if (missing[i] != 0)
            {
                plane[i] = random.NextSingle();
            }
        }
    }

    /// <summary>
    /// Adds noise that is the same in all channels (what texture is made of is light and shade rather than colour), as strong in every
    /// octave: an octave's Gaussian numbers lie on a grid twice as wide as that of the octave before, and pixels between them have values
    /// between theirs.
    /// </summary>
    private static void AddNoise(ImageTensor image, Mask mask, Random random)
    {
        ReadOnlySpan<byte> missing = mask.Values;
        int height = image.Height, width = image.Width, count = (int)mask.CountMissing();
        if (count == 0)
        {
            return;
        }

        float[] numbers = ArrayPool<float>.Shared.Rent(Math.Max(count, ((height / 2) + 3) * ((width / 2) + 3)));
        float[] noise = ArrayPool<float>.Shared.Rent(height * width);
        float[] strengths = ArrayPool<float>.Shared.Rent(height * width);
        FindStrengths(mask, strengths.AsSpan(0, missing.Length));
        for (int n = 0; n < image.Batch; n++)
        {
            random.NextGaussian(numbers.AsSpan(0, count), 0, OctaveSigma);
            int used = 0;
            for (int i = 0; i < missing.Length; i++)
            {
                if (missing[i] != 0)
                {
                    noise[i] = numbers[used++];
                }
            }

            for (int octave = 1; octave < NoiseOctaves; octave++)
            {
                AddOctave(noise, numbers, 1 << octave, missing, width, random);
            }

            for (int c = 0; c < image.Channels; c++)
            {
                Span<float> plane = image.Plane(n, c);
                for (int i = 0; i < plane.Length; i++)
                {
                    if (missing[i] != 0)
                    {
                        plane[i] += noise[i] * strengths[i];
                    }
                }
            }
        }

        ArrayPool<float>.Shared.Return(numbers);
        ArrayPool<float>.Shared.Return(noise);
        ArrayPool<float>.Shared.Return(strengths);
    }

    /// <summary>From 0 beside known pixels to 1 at the ramp's end; 1 everywhere if no pixel is known.</summary>
    private static void FindStrengths(Mask mask, Span<float> strengths)
    {
        using NearestPixels? nearest = NearestPixels.Find(mask, missing: false);
        if (nearest is null)
        {
            strengths.Fill(1);
            return;
        }

        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                float distance = MathF.Sqrt(nearest.SquaredDistance(y, x));
                strengths[(y * mask.Width) + x] = Math.Clamp((distance - 1) / (NoiseRamp - 1), 0, 1);
            }
        }
    }

    private static void AddOctave(Span<float> noise, Span<float> numbers, int cell, ReadOnlySpan<byte> missing, int width, Random random)
    {
        // Where the grid lies is random, lest its lines fall on those of a network's strides.
        int offsetY = random.Next(cell), offsetX = random.Next(cell), height = missing.Length / width;
        int gridHeight = ((height - 1 + offsetY) / cell) + 2, gridWidth = ((width - 1 + offsetX) / cell) + 2;
        random.NextGaussian(numbers[..(gridHeight * gridWidth)], 0, OctaveSigma);
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i] == 0)
            {
                continue;
            }

            (int top, int yInCell) = Math.DivRem((i / width) + offsetY, cell);
            (int left, int xInCell) = Math.DivRem((i % width) + offsetX, cell);
            float below = (float)yInCell / cell, above = 1 - below, right = (float)xInCell / cell, before = 1 - right;
            ReadOnlySpan<float> corner = numbers[((top * gridWidth) + left)..];
            float value = (above * ((before * corner[0]) + (right * corner[1])))
                + (below * ((before * corner[gridWidth]) + (right * corner[gridWidth + 1])));

            // A mean of independent numbers varies less than they do.
            noise[i] += value / MathF.Sqrt(((above * above) + (below * below)) * ((before * before) + (right * right)));
        }
    }

    /// <summary>Stretches a smooth surface over missing pixels.</summary>
    private static void FillHarmonic(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        if (!mask.Values.Contains((byte)0))
        {
            image.Span.Fill(WithoutKnownPixels);
            return;
        }

        using var surface = new HarmonicFill(mask, cancellationToken);
        FillPlanes(image, plane => surface.Fill(plane, cancellationToken));
    }

    /// <summary>Gives missing pixels the value of the nearest known one.</summary>
    private static void FillNearest(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        using NearestPixels? nearest = NearestPixels.Find(mask, missing: false, cancellationToken);
        if (nearest is null)
        {
            image.Span.Fill(WithoutKnownPixels);
            return;
        }

        // Known pixels are their own nearest and stay as they are.
        FillPlanes(image, plane =>
        {
            ReadOnlySpan<int> indices = nearest.Indices;
            for (int start = 0; start < plane.Length; start += ValuesBetweenChecks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int end = Math.Min(start + ValuesBetweenChecks, plane.Length);
                for (int i = start; i < end; i++)
                {
                    plane[i] = plane[indices[i]];
                }
            }
        });
    }
}
