namespace ImageRestoration.Masking;

/// <summary>A point in units of pixels; the centre of the first pixel is at (0.5, 0.5).</summary>
internal readonly record struct BrushPoint(double X, double Y)
{
    public static BrushPoint Between(BrushPoint from, BrushPoint to, double share)
        => new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
}

/// <summary>A straight piece of a stroke with round ends: all points within a radius of a line.</summary>
internal readonly record struct BrushSegment(BrushPoint From, BrushPoint To, double Radius)
{
    public static BrushSegment Between(in BrushSegment part, in BrushSegment whole, double share)
        => new(whole.From, BrushPoint.Between(part.To, whole.To, share), part.Radius + ((whole.Radius - part.Radius) * share));
}

/// <summary>Paints strokes into a mask and keeps count of the missing pixels.</summary>
/// <remarks>
/// A pixel is covered if its centre is. Uses only operations that IEEE 754 rounds correctly, so all machines agree on the pixels.
/// </remarks>
internal sealed class BrushCanvas(Mask mask)
{
    public int Width { get; } = mask.Width;

    public int Height { get; } = mask.Height;

    /// <summary>Distance between opposite corners, in pixels.</summary>
    public double Diagonal { get; } = Math.Sqrt(((double)mask.Width * mask.Width) + ((double)mask.Height * mask.Height));

    public long Missing { get; private set; } = mask.CountMissing();

    /// <summary>Counts the known pixels that a piece covers.</summary>
    public long CountNew(in BrushSegment segment) => Cover(segment, paint: false);

    public void Paint(in BrushSegment segment) => Missing += Cover(segment, paint: true);

    /// <summary>Makes pixels missing row by row from a random position on, until a number of pixels is reached.</summary>
    public void FillRows(long wanted, Random random)
    {
        if (Missing >= wanted)
        {
            return;
        }

        Span<byte> values = mask.Values;
        for (int i = random.Next(values.Length); Missing < wanted; i = i + 1 == values.Length ? 0 : i + 1)
        {
            if (values[i] == 0)
            {
                values[i] = 1;
                Missing++;
            }
        }
    }

    private long Cover(in BrushSegment segment, bool paint)
    {
        long count = 0;
        double top = Math.Min(segment.From.Y, segment.To.Y) - segment.Radius;
        double bottom = Math.Max(segment.From.Y, segment.To.Y) + segment.Radius;
        int lastRow = LastCentre(bottom, Height);
        for (int row = FirstCentre(top); row <= lastRow; row++)
        {
            (double left, double right) = Span(segment, row + 0.5);
            int first = FirstCentre(left);
            int last = LastCentre(right, Width);
            if (first > last)
            {
                continue;
            }

            Span<byte> covered = mask.Values.Slice((row * Width) + first, last - first + 1);
            count += covered.Count((byte)0);
            if (paint)
            {
                covered.Fill(1);
            }
        }

        return count;
    }

    /// <summary>
    /// Where a horizontal line enters and leaves a piece. The piece is convex: one span joins all parts that the line meets.
    /// </summary>
    private static (double Left, double Right) Span(in BrushSegment segment, double y)
    {
        double left = double.PositiveInfinity;
        double right = double.NegativeInfinity;
        Join(segment.From, segment.Radius);
        Join(segment.To, segment.Radius);

        // The round ends cover the short sides, so that only the two long sides remain.
        double dx = segment.To.X - segment.From.X;
        double dy = segment.To.Y - segment.From.Y;
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        if (dy != 0 && length > 0)
        {
            double normalX = -dy / length * segment.Radius;
            double normalY = dx / length * segment.Radius;
            JoinSide((y - segment.From.Y - normalY) / dy, segment.From.X + normalX);
            JoinSide((y - segment.From.Y + normalY) / dy, segment.From.X - normalX);
        }

        return (left, right);

        void Join(BrushPoint centre, double radius)
        {
            double distance = y - centre.Y;
            double square = (radius * radius) - (distance * distance);
            if (square >= 0)
            {
                double half = Math.Sqrt(square);
                left = Math.Min(left, centre.X - half);
                right = Math.Max(right, centre.X + half);
            }
        }

        void JoinSide(double share, double startX)
        {
            if (share >= 0 && share <= 1)
            {
                double x = startX + (dx * share);
                left = Math.Min(left, x);
                right = Math.Max(right, x);
            }
        }
    }

    /// <summary>First row or column whose centre is not before a position.</summary>
    private static int FirstCentre(double position) => (int)Math.Max(0, Math.Ceiling(Math.Min(position, int.MaxValue) - 0.5));

    /// <summary>Last row or column whose centre is not after a position.</summary>
    private static int LastCentre(double position, int count) => (int)Math.Max(-1, Math.Min(count - 1, Math.Floor(position - 0.5)));
}
