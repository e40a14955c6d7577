namespace ImageRestoration.Restoration;

/// <summary>Settings of one call to a restorer.</summary>
public sealed record RestorationOptions
{
    /// <summary>The settings used where none are given.</summary>
    public static RestorationOptions Default { get; } = new();

    /// <summary>Whether results are limited to the nominal range [0, 1]. Known pixels of a completion are never changed.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool Clamp { get; init; } = true;
}
