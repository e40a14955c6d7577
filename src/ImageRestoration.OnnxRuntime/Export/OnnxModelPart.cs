namespace ImageRestoration.OnnxRuntime;

/// <summary>The network of a model that an .onnx file holds.</summary>
public enum OnnxModelPart
{
    /// <summary>The network from picture to picture.</summary>
    Whole,

    /// <summary>The encoder alone: from picture to latent.</summary>
    Encoder,

    /// <summary>The decoder alone: from latent to picture.</summary>
    Decoder,
}
