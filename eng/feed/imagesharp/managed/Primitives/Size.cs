using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp;

public struct Size : IEquatable<Size>
{
    public static readonly Size Empty;

    public Size(int value)
        : this()
    {
        this.Width = value;
        this.Height = value;
    }

    public Size(int width, int height)
    {
        this.Width = width;
        this.Height = height;
    }

    public Size(Size size)
        : this()
    {
        this.Width = size.Width;
        this.Height = size.Height;
    }

    public Size(Point point)
    {
        this.Width = point.X;
        this.Height = point.Y;
    }

    public int Width { get; set; }

    public int Height { get; set; }

    public readonly bool IsEmpty => this.Equals(Empty);

    public static bool operator ==(Size left, Size right) => left.Equals(right);

    public static bool operator !=(Size left, Size right) => !left.Equals(right);

    public readonly void Deconstruct(out int width, out int height)
    {
        width = this.Width;
        height = this.Height;
    }

    public override readonly int GetHashCode() => HashCode.Combine(this.Width, this.Height);

    public override readonly string ToString() => $"Size [ Width={this.Width}, Height={this.Height} ]";

    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is Size other && this.Equals(other);

    public readonly bool Equals(Size other) => this.Width == other.Width && this.Height == other.Height;
}
