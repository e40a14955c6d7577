namespace ImageRestoration.Restoration;

/// <summary>How far a call to a restorer is.</summary>
/// <param name="Done">Parts that are done: tiles, variants of an ensemble or colour planes, whichever the outermost restorer works in.</param>
/// <param name="Total">Parts of the whole call, at least 1.</param>
public readonly record struct RestorationProgress(int Done, int Total);
