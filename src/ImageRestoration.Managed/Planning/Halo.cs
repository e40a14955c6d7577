namespace ImageRestoration.Managed;

/// <summary>Width of the border of zeros on each side of a value.</summary>
internal readonly record struct Halo(int Top, int Bottom, int Left, int Right)
{
    internal bool IsEmpty => Top + Bottom + Left + Right == 0;

    /// <summary>The border that serves both.</summary>
    internal Halo Union(Halo other)
        => new(Math.Max(Top, other.Top), Math.Max(Bottom, other.Bottom), Math.Max(Left, other.Left), Math.Max(Right, other.Right));
}
