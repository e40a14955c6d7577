using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Continues the known pixels as a thin plate would: the missing values solve the discrete biharmonic equation Δ²u = 0, with slopes
/// of zero at the picture's border (Damelin and Hoang, "On Surface Completion and Image Inpainting by Biharmonic Functions", 2018).
/// Results are limited to the range of the known values of their channel.
/// </summary>
/// <remarks>
/// <para>The equation is solved for all pixels at once, by conjugate gradients with a multigrid preconditioner: time and memory grow in
/// proportion to the bounding box of the missing pixels, whatever their shape (about 90 bytes a pixel for each plane at work).</para>
/// <inheritdoc cref="InpaintingRestorer"/>
/// </remarks>
public sealed class BiharmonicRestorer : InpaintingRestorer
{
    // Pixels further away from the missing ones have no part in the equations.
    private const int Reach = 2;

    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    public BiharmonicRestorer(int channels = 3)
        : base("biharmonic", channels)
    {
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        PixelBox box = PixelBox.AroundMissing(mask, Reach);
        BiharmonicLevel[] levels = BiharmonicLevel.CreatePyramid(mask, box, cancellationToken);
        int planes = image.Batch * image.Channels;
        Parallel.For(
            0,
            planes,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new BiharmonicSolver(levels, cancellationToken),
            (plane, _, solver) =>
            {
                Solve(image.Plane(plane / image.Channels, plane % image.Channels), mask, box, solver, cancellationToken);
                return solver;
            },
            solver => solver.Dispose());
    }

    private static void Solve(Span<float> plane, Mask mask, PixelBox box, BiharmonicSolver solver, CancellationToken cancellationToken)
    {
        (float minimum, float maximum, double mean) = Summarize(plane, mask.Values);
        double range = (double)maximum - minimum;
        if (range == 0)
        {
            Replace(plane, mask.Values, minimum);
            return;
        }

        // Solved for values in [0, 1], so that the solver's tolerance means the same for all pictures.
        Span<double> values = solver.Values;
        for (int y = 0; y < box.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = ((box.Top + y) * mask.Width) + box.Left;
            for (int x = 0; x < box.Width; x++)
            {
                double value = mask.Values[start + x] == 0 ? plane[start + x] : mean;
                values[(y * box.Width) + x] = (value - minimum) / range;
            }
        }

        solver.Solve(cancellationToken);
        for (int y = 0; y < box.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = ((box.Top + y) * mask.Width) + box.Left;
            for (int x = 0; x < box.Width; x++)
            {
                if (mask.Values[start + x] != 0)
                {
                    plane[start + x] = Math.Clamp((float)((values[(y * box.Width) + x] * range) + minimum), minimum, maximum);
                }
            }
        }
    }

    private static (float Minimum, float Maximum, double Mean) Summarize(ReadOnlySpan<float> plane, ReadOnlySpan<byte> missing)
    {
        float minimum = float.PositiveInfinity;
        float maximum = float.NegativeInfinity;
        double sum = 0;
        long known = 0;
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i] == 0)
            {
                minimum = Math.Min(minimum, plane[i]);
                maximum = Math.Max(maximum, plane[i]);
                sum += plane[i];
                known++;
            }
        }

        return (minimum, maximum, sum / known);
    }

    private static void Replace(Span<float> plane, ReadOnlySpan<byte> missing, float value)
    {
        for (int i = 0; i < missing.Length; i++)
        {
            plane[i] = missing[i] == 0 ? plane[i] : value;
        }
    }
}
