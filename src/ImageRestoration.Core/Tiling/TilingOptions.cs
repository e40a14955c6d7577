using ImageRestoration.Networks;

namespace ImageRestoration.Tiling;

/// <summary>Settings of tiling.</summary>
/// <remarks>Immutable. Checked once, when a restorer is created with them; all errors are reported together.</remarks>
public sealed record TilingOptions
{
    internal const int DefaultTileSize = 512;
    internal const int DefaultBlending = 64;
    private const int LargestSide = 1 << 16;
    private const int LargestBatch = 1024;

    /// <summary>The settings used where none are given.</summary>
    public static TilingOptions Default { get; } = new();

    /// <summary>Largest height and width of a tile with its overlap. Tiles are as even as possible, so they may be smaller.</summary>
    /// <value>Default <see langword="null"/>: from <see cref="MemoryBudget"/> if that is given, else 512×512. Each side 1 to 65536.</value>
    public Size2d? TileSize { get; init; }

    /// <summary>
    /// Bytes that a restorer may work with for the tiles of one batch; the largest square tiles that keep to it are taken. An estimate,
    /// from <see cref="Restoration.RestorerInfo.ValuesPerPixel"/>. Pictures and results come on top.
    /// </summary>
    /// <value>Default <see langword="null"/>: tiles are of <see cref="TileSize"/>. Not together with it; above 0.</value>
    public long? MemoryBudget { get; init; }

    /// <summary>Most tiles that a restorer is given at once; where it takes a mask, one each of several pictures.</summary>
    /// <value>Default 1. 1 to 1024.</value>
    public int BatchSize { get; init; } = 1;

    /// <summary>
    /// Pixels by which a tile reaches beyond what is kept of it, to each side; with <see cref="AllowBlending"/>, the width that neighbours
    /// are blended over. For restorers that do not say how far they look, it is the user's word for it.
    /// </summary>
    /// <value>Default <see langword="null"/>: derived from the network, or 64 where tiles are blended. 0 to 65536.</value>
    public int? Overlap { get; init; }

    /// <summary>
    /// Whether tiles may be blended by a cosine ramp where no overlap can make them exact, or <see cref="Overlap"/> is less than that
    /// takes: networks with a layer that looks at the whole picture, and restorers that do not say how far they look. The result then
    /// differs from that of the whole picture.
    /// </summary>
    /// <value>Default <see langword="false"/>: such restorers are refused.</value>
    public bool AllowBlending { get; init; }

    internal static TilingOptions Validated(TilingOptions? options, string parameterName)
    {
        options ??= Default;
        var errors = new List<string>();
        errors.AddIf(
            options.TileSize is { } size && (size.Height is < 1 or > LargestSide || size.Width is < 1 or > LargestSide),
            $"{nameof(TileSize)} is {options.TileSize}; each side must be 1 to {LargestSide}.");
        errors.AddIf(
            options.MemoryBudget < 1,
            Invariant($"{nameof(MemoryBudget)} is {options.MemoryBudget} and must be above 0."));
        errors.AddIf(
            options is { TileSize: not null, MemoryBudget: not null },
            $"{nameof(TileSize)} and {nameof(MemoryBudget)} are both given; leave one out.");
        errors.AddIf(
            options.BatchSize is < 1 or > LargestBatch,
            Invariant($"{nameof(BatchSize)} is {options.BatchSize} and must be 1 to {LargestBatch}."));
        errors.AddIf(
            options.Overlap is < 0 or > LargestSide,
            Invariant($"{nameof(Overlap)} is {options.Overlap} and must be 0 to {LargestSide}, or null to derive it."));
        errors.ThrowIfAny(nameof(TilingOptions), parameterName);
        return options;
    }
}
