namespace ImageRestoration.OnnxRuntime;

/// <summary>What ONNX Runtime computes with.</summary>
public enum OnnxExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>
    /// A device with CUDA, by the kernels of ONNX Runtime and cuDNN. <see cref="OnnxProviderCheck"/> tells whether it can be used here.
    /// </summary>
    Cuda,

    /// <summary>
    /// A device with CUDA, by engines that TensorRT builds when a shape of picture is first seen, which takes seconds to minutes each; what
    /// TensorRT cannot do, <see cref="Cuda"/> does. For tiles, which are all of one shape.
    /// </summary>
    TensorRt,
}
