using ImageRestoration.Restoration;

namespace ImageRestoration.Tiling;

/// <summary>Tiling for a <see cref="RestorerBuilder"/>.</summary>
public static class TilingRestorerBuilderExtensions
{
    /// <summary>Restores tile by tile; see <see cref="TiledRestorer"/>.</summary>
    /// <param name="builder">The restorers so far.</param>
    /// <param name="options">Settings, checked at once; <see cref="TilingOptions.Default"/> where <see langword="null"/>.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static RestorerBuilder UseTiling(this RestorerBuilder builder, TilingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        TilingOptions validated = TilingOptions.Validated(options, nameof(options));
        return builder.Use(inner => inner is GreyRoutingRestorer routing ? routing.Around(Tile) : Tile(inner));

        IRestorer Tile(IRestorer inner) => new TiledRestorer(inner, validated);
    }
}
