namespace ImageRestoration.OnnxRuntime;

/// <summary>What ONNX Runtime computes with.</summary>
public enum OnnxExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,
}
