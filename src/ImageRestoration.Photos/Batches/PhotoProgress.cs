namespace ImageRestoration.Photos;

/// <summary>How far the work on many photographs is; reported once for each, in the order in which they are finished.</summary>
/// <param name="Done">Photographs finished so far: restored, failed or left out.</param>
/// <param name="Total">All photographs.</param>
/// <param name="Last">The one finished just now.</param>
public sealed record PhotoProgress(int Done, int Total, PhotoOutcome Last);
