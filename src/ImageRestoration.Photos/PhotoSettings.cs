using ImageRestoration.Restoration;

namespace ImageRestoration.Photos;

/// <summary>How one picture is restored.</summary>
/// <param name="Alpha">What becomes of alpha.</param>
/// <param name="MakesOpaque">Whether missing pixels become opaque.</param>
/// <param name="Options">The restorer's settings, or <see langword="null"/>.</param>
public readonly record struct PhotoSettings(
    AlphaHandling Alpha, bool MakesOpaque = false, RestorationOptions? Options = null);
