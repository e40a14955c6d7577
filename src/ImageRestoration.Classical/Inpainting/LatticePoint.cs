namespace ImageRestoration.Classical.Inpainting;

/// <summary>A pixel as a point of the plane. All predicates are exact.</summary>
internal readonly record struct LatticePoint(int X, int Y)
{
    /// <summary>
    /// Twice the signed area of a triangle: above 0 if the third point is to the left of the line from the first to the second (with the y
    /// axis upwards).
    /// </summary>
    internal static long Cross(LatticePoint a, LatticePoint b, LatticePoint c)
        => ((long)(b.X - a.X) * (c.Y - a.Y)) - ((long)(b.Y - a.Y) * (c.X - a.X));

    /// <summary>Whether a point is strictly inside the circle through the corners of a triangle with positive area.</summary>
    internal static bool IsInCircle(LatticePoint a, LatticePoint b, LatticePoint c, LatticePoint point)
    {
        long ax = a.X - point.X, ay = a.Y - point.Y;
        long bx = b.X - point.X, by = b.Y - point.Y;
        long cx = c.X - point.X, cy = c.Y - point.Y;

        // Products of four coordinates, of which the triangulation's outermost points have large ones.
        Int128 determinant = ((Int128)((ax * ax) + (ay * ay)) * ((bx * cy) - (cx * by)))
            + ((Int128)((bx * bx) + (by * by)) * ((cx * ay) - (ax * cy)))
            + ((Int128)((cx * cx) + (cy * cy)) * ((ax * by) - (bx * ay)));
        return determinant > 0;
    }
}
