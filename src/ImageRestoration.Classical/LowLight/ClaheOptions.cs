namespace ImageRestoration.Classical.LowLight;

/// <summary>Options of <see cref="ClaheRestorer"/>.</summary>
/// <remarks>Immutable. <see cref="ClaheRestorer"/> checks the options once, when it is created, and reports all errors together.</remarks>
public sealed record ClaheOptions
{
    /// <summary>
    /// How much contrast may be amplified: no level of a tile's histogram counts for more than this multiple of the mean, and what is cut
    /// off is spread over all levels. OpenCV's <c>clipLimit</c>.
    /// </summary>
    /// <value>Above 0, at most 256; default 2. With 256, nothing is cut off.</value>
    public double ClipLimit { get; init; } = 2;

    /// <summary>Number of tiles from top to bottom.</summary>
    /// <value>1 to 256; default 8.</value>
    public int TileRows { get; init; } = 8;

    /// <summary>Number of tiles from left to right.</summary>
    /// <value>1 to 256; default 8.</value>
    public int TileColumns { get; init; } = 8;

    /// <summary>Throws one exception that lists everything wrong with the options.</summary>
    internal void Validate(string parameterName)
    {
        List<string> errors = [];

        // Written so that NaN fails.
        if (!(ClipLimit > 0 && ClipLimit <= 256))
        {
            errors.Add(Invariant($"{nameof(ClipLimit)} is {ClipLimit}; it must be above 0 and at most 256."));
        }

        if (TileRows is < 1 or > 256)
        {
            errors.Add(Invariant($"{nameof(TileRows)} is {TileRows}; it must be from 1 to 256."));
        }

        if (TileColumns is < 1 or > 256)
        {
            errors.Add(Invariant($"{nameof(TileColumns)} is {TileColumns}; it must be from 1 to 256."));
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException($"The options of CLAHE are wrong: {string.Join(" ", errors)}", parameterName);
        }
    }
}
