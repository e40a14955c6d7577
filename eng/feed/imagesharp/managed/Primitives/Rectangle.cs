using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp;

public struct Rectangle : IEquatable<Rectangle>
{
    public static readonly Rectangle Empty;

    public Rectangle(int x, int y, int width, int height)
    {
        this.X = x;
        this.Y = y;
        this.Width = width;
        this.Height = height;
    }

    public Rectangle(Point point, Size size)
    {
        this.X = point.X;
        this.Y = point.Y;
        this.Width = size.Width;
        this.Height = size.Height;
    }

    public int X { get; set; }

    public int Y { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public Point Location
    {
        readonly get => new(this.X, this.Y);
        set
        {
            this.X = value.X;
            this.Y = value.Y;
        }
    }

    public Size Size
    {
        readonly get => new(this.Width, this.Height);
        set
        {
            this.Width = value.Width;
            this.Height = value.Height;
        }
    }

    public readonly bool IsEmpty => this.Equals(Empty);

    public readonly int Top => this.Y;

    public readonly int Right => unchecked(this.X + this.Width);

    public readonly int Bottom => unchecked(this.Y + this.Height);

    public readonly int Left => this.X;

    public static bool operator ==(Rectangle left, Rectangle right) => left.Equals(right);

    public static bool operator !=(Rectangle left, Rectangle right) => !left.Equals(right);

    public static Rectangle FromLTRB(int left, int top, int right, int bottom)
        => new(left, top, unchecked(right - left), unchecked(bottom - top));

    public static Rectangle Intersect(Rectangle a, Rectangle b)
    {
        int left = Math.Max(a.X, b.X);
        int right = Math.Min(a.Right, b.Right);
        int top = Math.Max(a.Y, b.Y);
        int bottom = Math.Min(a.Bottom, b.Bottom);
        return right >= left && bottom >= top ? new Rectangle(left, top, right - left, bottom - top) : Empty;
    }

    public static Rectangle Union(Rectangle a, Rectangle b)
    {
        int left = Math.Min(a.X, b.X);
        int right = Math.Max(a.Right, b.Right);
        int top = Math.Min(a.Y, b.Y);
        int bottom = Math.Max(a.Bottom, b.Bottom);
        return new Rectangle(left, top, right - left, bottom - top);
    }

    public readonly void Deconstruct(out int x, out int y, out int width, out int height)
    {
        x = this.X;
        y = this.Y;
        width = this.Width;
        height = this.Height;
    }

    public void Intersect(Rectangle rectangle)
    {
        Rectangle result = Intersect(rectangle, this);
        this = result;
    }

    public readonly bool Contains(int x, int y) => this.X <= x && x < this.Right && this.Y <= y && y < this.Bottom;

    public readonly bool Contains(Point point) => this.Contains(point.X, point.Y);

    public readonly bool Contains(Rectangle rectangle)
        => this.X <= rectangle.X && rectangle.Right <= this.Right && this.Y <= rectangle.Y && rectangle.Bottom <= this.Bottom;

    public readonly bool IntersectsWith(Rectangle rectangle)
        => rectangle.X < this.Right && this.X < rectangle.Right && rectangle.Y < this.Bottom && this.Y < rectangle.Bottom;

    public override readonly int GetHashCode() => HashCode.Combine(this.X, this.Y, this.Width, this.Height);

    public override readonly string ToString()
        => $"Rectangle [ X={this.X}, Y={this.Y}, Width={this.Width}, Height={this.Height} ]";

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is Rectangle other && this.Equals(other);

    public readonly bool Equals(Rectangle other)
        => this.X == other.X && this.Y == other.Y && this.Width == other.Width && this.Height == other.Height;
}
