namespace ImageRestoration.Photos;

/// <summary>A photograph to restore.</summary>
/// <param name="Input">Full path of the photograph.</param>
/// <param name="Output">Full path of the result.</param>
/// <param name="Fault">Why it cannot be restored, or <see langword="null"/>.</param>
/// <param name="IsSkipped">Whether it is left out.</param>
internal sealed record PlannedPhoto(string Input, string Output, string? Fault = null, bool IsSkipped = false);
