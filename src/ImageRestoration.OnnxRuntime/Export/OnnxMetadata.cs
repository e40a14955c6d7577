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
}
