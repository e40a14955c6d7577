using ImageRestoration.Imaging;
using ImageRestoration.Masking;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// Interpolates linearly over the triangles of the Delaunay triangulation of the known pixels. Missing pixels outside the triangles,
/// which is to say outside the convex hull of the known pixels, get the value of their nearest known pixel.
/// </summary>
/// <remarks>
/// <para>Where several triangulations are Delaunay, one of them is used. Only known pixels beside missing ones are triangulated; the others
/// can have no missing pixel in a triangle of theirs. Time grows little faster than in proportion to the picture.</para>
/// <inheritdoc cref="InpaintingRestorer"/>
/// </remarks>
public sealed class LinearRestorer : InpaintingRestorer
{
    private const int TrianglesBetweenChecks = 4096;

    /// <summary>Creates the restorer.</summary>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey, or any other number of at least 1.</param>
    public LinearRestorer(int channels = 3)
        : base("linear", channels)
    {
    }

    /// <inheritdoc/>
    private protected override void Fill(ImageTensor image, Mask mask, CancellationToken cancellationToken)
    {
        MissingPixels.Fill(image, mask, InitialFill.Nearest, cancellationToken: cancellationToken);
        var triangulation = new DelaunayTriangulation(FindRim(mask, cancellationToken), cancellationToken);
        for (int triangle = 0; triangle < triangulation.Count; triangle++)
        {
            if (triangle % TrianglesBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (triangulation.IsFinite(triangle))
            {
                (LatticePoint a, LatticePoint b, LatticePoint c) = triangulation[triangle];
                FillTriangle(image, mask.Values, a, b, c);
            }
        }
    }

    /// <summary>The known pixels with a missing one among the eight around them.</summary>
    private static List<LatticePoint> FindRim(Mask mask, CancellationToken cancellationToken)
    {
        List<LatticePoint> rim = [];
        ReadOnlySpan<byte> missing = mask.Values;
        for (int y = 0; y < mask.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int x = 0; x < mask.Width; x++)
            {
                if (missing[(y * mask.Width) + x] == 0 && HasMissing(missing, y, x))
                {
                    rim.Add(new LatticePoint(x, y));
                }
            }
        }

        return rim;

        bool HasMissing(ReadOnlySpan<byte> values, int y, int x)
        {
            int left = Math.Max(0, x - 1);
            int length = Math.Min(mask.Width - 1, x + 1) - left + 1;
            for (int v = Math.Max(0, y - 1); v <= Math.Min(mask.Height - 1, y + 1); v++)
            {
                if (values.Slice((v * mask.Width) + left, length).ContainsAnyExcept((byte)0))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static void FillTriangle(ImageTensor image, ReadOnlySpan<byte> missing, LatticePoint a, LatticePoint b, LatticePoint c)
    {
        int top = Math.Min(a.Y, Math.Min(b.Y, c.Y));
        int bottom = Math.Max(a.Y, Math.Max(b.Y, c.Y));
        if (bottom - top <= 1 && Math.Max(a.X, Math.Max(b.X, c.X)) - Math.Min(a.X, Math.Min(b.X, c.X)) <= 1)
        {
            return;
        }

        int width = image.Width;
        int plane = width * image.Height;
        Span<float> values = image.Span;
        float area = LatticePoint.Cross(a, b, c);
        for (int y = top; y <= bottom; y++)
        {
            (long left, long right) = (0, width - 1);
            Limit(a, b, y, ref left, ref right);
            Limit(b, c, y, ref left, ref right);
            Limit(c, a, y, ref left, ref right);
            for (int x = (int)left; x <= right; x++)
            {
                int index = (y * width) + x;
                if (missing[index] == 0)
                {
                    continue;
                }

                var point = new LatticePoint(x, y);
                float weightA = LatticePoint.Cross(b, c, point) / area;
                float weightB = LatticePoint.Cross(c, a, point) / area;
                float weightC = LatticePoint.Cross(a, b, point) / area;
                for (int offset = 0; offset < values.Length; offset += plane)
                {
                    values[offset + index] = (weightA * values[offset + (a.Y * width) + a.X])
                        + (weightB * values[offset + (b.Y * width) + b.X])
                        + (weightC * values[offset + (c.Y * width) + c.X]);
                }
            }
        }
    }

    /// <summary>Narrows a row to the points on or to the left of a directed edge: those x with slope · x + offset ≥ 0.</summary>
    private static void Limit(LatticePoint from, LatticePoint to, int y, ref long left, ref long right)
    {
        long slope = from.Y - to.Y;
        long offset = LatticePoint.Cross(from, to, new LatticePoint(0, y));
        if (slope > 0)
        {
            left = Math.Max(left, -FloorDivide(offset, slope));
        }
        else if (slope < 0)
        {
            right = Math.Min(right, FloorDivide(offset, -slope));
        }
        else if (offset < 0)
        {
            right = -1;
        }
    }

    private static long FloorDivide(long dividend, long divisor)
        => (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);
}
