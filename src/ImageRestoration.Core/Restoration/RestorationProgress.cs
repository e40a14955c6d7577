namespace ImageRestoration.Restoration;

/// <summary>How far a call to a restorer is.</summary>
/// <param name="Done">Parts that are done: tiles, an ensemble's variants or colour planes, as the outermost restorer works.</param>
/// <param name="Total">Parts of the whole call, at least 1.</param>
public readonly record struct RestorationProgress(int Done, int Total);
