namespace ImageRestoration;

/// <summary>A backend has no implementation of a layer, and refuses the network instead of leaving the layer out.</summary>
public sealed class UnsupportedLayerException : ImageRestorationException
{
    /// <summary>Creates the exception for one layer of a network.</summary>
    /// <param name="backend">Name of the backend that refuses, such as <c>OnnxRuntime</c>.</param>
    /// <param name="layerName">The layer's name in its network.</param>
    /// <param name="layerKind">The layer's kind, such as <c>Conv2d</c>.</param>
    public UnsupportedLayerException(string backend, string layerName, string layerKind)
        : base($"The {backend} backend has no implementation of layer '{layerName}' (kind {layerKind}). "
            + "Replace the layer by supported ones, or run the network on a backend that has it.")
    {
        Backend = backend;
        LayerName = layerName;
        LayerKind = layerKind;
    }

    /// <summary>Name of the backend that refuses.</summary>
    public string Backend { get; }

    /// <summary>The layer's name in its network.</summary>
    public string LayerName { get; }

    /// <summary>The layer's kind, such as <c>Conv2d</c>.</summary>
    public string LayerKind { get; }
}
