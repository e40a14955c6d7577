using ImageRestoration.Imaging;
using ImageRestoration.Latents;

namespace ImageRestoration.Generation;

/// <summary>Latents between two others.</summary>
public static class LatentInterpolation
{
    /// <summary>Sine of the angle below which latents count as parallel: their arc is not defined, or no different from the line.</summary>
    private const double SmallestSine = 1e-6;

    /// <summary>Writes the vector at a point of the way from one to another.</summary>
    /// <remarks>
    /// The arc is that of White 2016 (arXiv:1609.04468): the angle of the directions, applied to the vectors with their lengths. Parallel
    /// and opposite vectors, and those of length 0, are joined by a line.
    /// </remarks>
    /// <param name="from">Where the way starts.</param>
    /// <param name="to">Where it ends; of the same length.</param>
    /// <param name="position">From 0 at the start to 1 at the end.</param>
    /// <param name="path">Arc or line.</param>
    /// <param name="destination">Receives the vector; of the same length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position is not in [0, 1], or the path unknown.</exception>
    public static void Interpolate(
        ReadOnlySpan<float> from, ReadOnlySpan<float> to, double position, InterpolationPath path, Span<float> destination)
    {
        if (from.Length != to.Length || from.Length != destination.Length)
        {
            throw GenerationErrors.OtherLengths(from.Length, to.Length, destination.Length);
        }

        if (!(position >= 0 && position <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, "The position must be from 0 to 1.");
        }

        ThrowIfUnknown(path);
        (double first, double second) = path == InterpolationPath.Linear ? (1 - position, position) : SphericalWeights(from, to, position);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)((first * from[i]) + (second * to[i]));
        }
    }

    /// <summary>Makes the latents at equal distances on the way from one to another, both ends included, as one batch.</summary>
    /// <param name="from">Where the way starts: the latent of one picture. Stays the caller's.</param>
    /// <param name="to">Where it ends: a latent of the same tensors. Stays the caller's.</param>
    /// <param name="steps">Number of latents, at least 2.</param>
    /// <param name="path">Arc or line, for all tensors but <c>label</c>: its planes are shares of classes, mixed along a line.</param>
    /// <returns>The latents; the caller disposes them.</returns>
    /// <exception cref="TensorShapeException">The latents have other names or shapes, or hold several pictures.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are too few steps, or the path is unknown.</exception>
    public static HostLatent Interpolate(HostLatent from, HostLatent to, int steps, InterpolationPath path = InterpolationPath.Spherical)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        ThrowIfUnknown(path);
        ThrowIfDifferent(from, to);
        var tensors = new List<KeyValuePair<string, ImageTensor>>(from.Names.Length);
        foreach (string name in from.Names)
        {
            ImageTensor first = from[name], last = to[name];
            ImageTensor between = ImageTensor.CreateUninitialized(first.Shape with { Batch = steps });
            int length = first.Span.Length;
            for (int step = 0; step < steps; step++)
            {
                InterpolationPath way = name == ImageGenerator.LabelName ? InterpolationPath.Linear : path;
                Interpolate(first.Span, last.Span, (double)step / (steps - 1), way, between.Span.Slice(step * length, length));
            }

            tensors.Add(new(name, between));
        }

        return new HostLatent(tensors);
    }

    internal static void ThrowIfUnknown(InterpolationPath path)
    {
        if (!Enum.IsDefined(path))
        {
            throw GenerationErrors.UnknownPath(path);
        }
    }

    private static void ThrowIfDifferent(HostLatent from, HostLatent to)
    {
        if (!from.Names.SequenceEqual(to.Names, StringComparer.Ordinal))
        {
            throw GenerationErrors.OtherTensors(from, to);
        }

        foreach (string name in from.Names)
        {
            ImageShape first = from.ShapeOf(name), last = to.ShapeOf(name);
            if (first != last || first.Batch != 1)
            {
                throw GenerationErrors.OtherShapes(name, first, last);
            }
        }
    }

    private static (double First, double Second) SphericalWeights(ReadOnlySpan<float> from, ReadOnlySpan<float> to, double position)
    {
        double dot = 0, fromSquared = 0, toSquared = 0;
        for (int i = 0; i < from.Length; i++)
        {
            dot += (double)from[i] * to[i];
            fromSquared += (double)from[i] * from[i];
            toSquared += (double)to[i] * to[i];
        }

        double lengths = Math.Sqrt(fromSquared * toSquared);
        double cosine = lengths > 0 ? Math.Clamp(dot / lengths, -1, 1) : 1;
        double sine = Math.Sqrt(1 - (cosine * cosine));
        if (sine < SmallestSine)
        {
            return (1 - position, position);
        }

        double angle = Math.Acos(cosine);
        return (Math.Sin((1 - position) * angle) / sine, Math.Sin(position * angle) / sine);
    }
}
