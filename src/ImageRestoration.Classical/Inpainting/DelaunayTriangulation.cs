using System.Numerics;

namespace ImageRestoration.Classical.Inpainting;

/// <summary>
/// The Delaunay triangulation of pixels: points are inserted one by one and edges flipped until no circle through a triangle's corners
/// has a point inside (Lawson, "Software for C¹ Surface Interpolation", 1977).
/// </summary>
/// <remarks>
/// Points of coarse lattices come before those of finer ones, as in a quadtree, and neighbours follow each other (Amenta, Choi and Rote,
/// "Incremental Constructions con BRIO", 2003, with the lattice in place of chance): few flips and short searches for any set of pixels.
/// </remarks>
internal sealed class DelaunayTriangulation
{
    // So far away that the triangle around all points cuts off nothing but slivers of the convex hull.
    private const int Far = 1 << 28;
    private const int LatticeLevels = 10;
    private const int OuterPoints = 3;
    private const int PointsBetweenChecks = 4096;

    private readonly LatticePoint[] _points;

    // Edge e of triangle e / 3 leads from corner e to the triangle's next corner; its twin is the same edge in the neighbour, or -1.
    private readonly int[] _corners;
    private readonly int[] _twins;
    private readonly Stack<int> _suspects = new();

    internal DelaunayTriangulation(IReadOnlyCollection<LatticePoint> points, CancellationToken cancellationToken)
    {
        _points = [new(-Far, -Far), new(Far, -Far), new(0, Far), .. points.OrderBy(InsertionKey)];
        int most = checked(((2 * points.Count) + 1) * 3);
        _corners = new int[most];
        _twins = new int[most];
        (_corners[0], _corners[1], _corners[2]) = (0, 1, 2);
        _twins.AsSpan(0, 3).Fill(-1);
        Count = 1;
        int last = 0;
        for (int i = OuterPoints; i < _points.Length; i++)
        {
            if (i % PointsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            last = Insert(i, Locate(_points[i], last));
        }
    }

    /// <summary>Number of triangles, with those that reach beyond the convex hull.</summary>
    internal int Count { get; private set; }

    /// <summary>Corners of a triangle, with positive <see cref="LatticePoint.Cross"/>.</summary>
    internal (LatticePoint A, LatticePoint B, LatticePoint C) this[int triangle]
        => (Corner(3 * triangle), Corner((3 * triangle) + 1), Corner((3 * triangle) + 2));

    /// <summary>Whether all corners of a triangle are given points.</summary>
    internal bool IsFinite(int triangle)
        => Math.Min(_corners[3 * triangle], Math.Min(_corners[(3 * triangle) + 1], _corners[(3 * triangle) + 2])) >= OuterPoints;

    private static ulong InsertionKey(LatticePoint point)
    {
        int level = Math.Min(LatticeLevels, BitOperations.TrailingZeroCount(point.X | point.Y));
        return ((ulong)(LatticeLevels - level) << 58) | (Spread((uint)point.Y) << 1) | Spread((uint)point.X);
    }

    /// <summary>Puts a zero before each bit, so that two coordinates can be interleaved.</summary>
    private static ulong Spread(uint value)
    {
        ulong x = value;
        x = (x | (x << 16)) & 0x0000_FFFF_0000_FFFF;
        x = (x | (x << 8)) & 0x00FF_00FF_00FF_00FF;
        x = (x | (x << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
        x = (x | (x << 2)) & 0x3333_3333_3333_3333;
        return (x | (x << 1)) & 0x5555_5555_5555_5555;
    }

    private static int Next(int edge) => edge % 3 == 2 ? edge - 2 : edge + 1;

    private static int Previous(int edge) => edge % 3 == 0 ? edge + 2 : edge - 1;

    private LatticePoint Corner(int edge) => _points[_corners[edge]];

    /// <summary>Walks from triangle to triangle towards a point, to the triangle that it is in or on the edge of.</summary>
    private int Locate(LatticePoint point, int triangle)
    {
        int edge = 3 * triangle;
        int passed = 0;
        while (passed < 3)
        {
            if (LatticePoint.Cross(Corner(edge), Corner(Next(edge)), point) < 0)
            {
                // The point is beyond this edge; the neighbour's other two edges are to be looked at.
                edge = Next(_twins[edge]);
                passed = 1;
            }
            else
            {
                edge = Next(edge);
                passed++;
            }
        }

        return edge / 3;
    }

    /// <summary>
    /// Splits a triangle into three around a point, then flips edges. A point on an edge gives a flat triangle, which the flips remove.
    /// </summary>
    private int Insert(int point, int triangle)
    {
        int first = 3 * triangle;
        int second = 3 * Count;
        int third = second + 3;
        Count += 2;
        (int a, int b, int c) = (_corners[first], _corners[first + 1], _corners[first + 2]);
        (int ab, int bc, int ca) = (_twins[first], _twins[first + 1], _twins[first + 2]);
        SetTriangle(first, a, b, point, ab);
        SetTriangle(second, b, c, point, bc);
        SetTriangle(third, c, a, point, ca);
        Link(first + 1, second + 2);
        Link(second + 1, third + 2);
        Link(third + 1, first + 2);
        _suspects.Push(first);
        _suspects.Push(second);
        _suspects.Push(third);
        while (_suspects.TryPop(out int edge))
        {
            FlipIfWrong(edge);
        }

        return triangle;
    }

    private void SetTriangle(int start, int a, int b, int c, int twin)
    {
        (_corners[start], _corners[start + 1], _corners[start + 2]) = (a, b, c);
        Link(start, twin);
    }

    private void Link(int edge, int twin)
    {
        _twins[edge] = twin;
        if (twin >= 0)
        {
            _twins[twin] = edge;
        }
    }

    /// <summary>
    /// Replaces an edge by the other diagonal of its two triangles if the far corner is in the circle of the near triangle.
    /// </summary>
    private void FlipIfWrong(int edge)
    {
        int twin = _twins[edge];
        if (twin < 0)
        {
            return;
        }

        int near = Previous(edge);
        int far = Previous(twin);
        if (!LatticePoint.IsInCircle(Corner(edge), Corner(Next(edge)), Corner(near), Corner(far)))
        {
            return;
        }

        // Near triangle (a, b, p) and far triangle (b, a, q) become (q, b, p) and (p, a, q): each keeps its slots and loses one corner.
        int nearOuter = _twins[near];
        int farOuter = _twins[far];
        _corners[edge] = _corners[far];
        _corners[twin] = _corners[near];
        Link(edge, farOuter);
        Link(twin, nearOuter);
        Link(near, far);
        _suspects.Push(edge);
        _suspects.Push(Next(twin));
    }
}
