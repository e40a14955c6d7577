namespace ImageRestoration.OnnxRuntime;

/// <summary>Keys of <c>metadata_props</c> in exported files. Where model files have the same, the keys are theirs.</summary>
internal static class OnnxMetadata
{
    internal const string FormatKey = "format";
    internal const string FormatValue = "image-restoration-onnx-1";

    /// <summary>The model's description as JSON: name, task, value range, licence, provenance, scores.</summary>
    internal const string InfoKey = "info";

    /// <summary>The declared network as JSON, or encoder and decoder.</summary>
    internal const string NetworkKey = "network";

    /// <summary>Which part of the model the file holds: whole, encoder or decoder.</summary>
    internal const string PartKey = "part";

    /// <summary>What height and width of pictures must be multiples of, as "8,8".</summary>
    internal const string SizeMultipleKey = "size_multiple";

    /// <summary>
    /// How far tiles reach beyond blocks of the size multiple, as "top,bottom,left,right", or "global". Older files do not say.
    /// </summary>
    internal const string TileHaloKey = "tile_halo";

    /// <summary>What <see cref="TileHaloKey"/> says of networks with a layer that looks at the whole picture.</summary>
    internal const string GlobalHalo = "global";

    /// <summary>Numbers held at once for each pixel. Older files do not say.</summary>
    internal const string ValuesPerPixelKey = "values_per_pixel";
}
