using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp;

public struct Point : IEquatable<Point>
{
    public static readonly Point Empty;

    public Point(int x, int y)
        : this()
    {
        this.X = x;
        this.Y = y;
    }

    public Point(Size size)
    {
        this.X = size.Width;
        this.Y = size.Height;
    }

    public int X { get; set; }

    public int Y { get; set; }

    public readonly bool IsEmpty => this.Equals(Empty);

    public static bool operator ==(Point left, Point right) => left.Equals(right);

    public static bool operator !=(Point left, Point right) => !left.Equals(right);

    public readonly void Deconstruct(out int x, out int y)
    {
        x = this.X;
        y = this.Y;
    }

    public override readonly int GetHashCode() => HashCode.Combine(this.X, this.Y);

    public override readonly string ToString() => $"Point [ X={this.X}, Y={this.Y} ]";

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is Point other && this.Equals(other);

    public readonly bool Equals(Point other) => this.X == other.X && this.Y == other.Y;
}
