namespace ImageRestoration.TorchSharp;

/// <summary>Number type in which convolutions compute. Weights, inputs and outputs stay float32.</summary>
public enum ComputePrecision
{
    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>bfloat16 with float32 accumulation, channels last: about twice as fast or more where the processor has instructions for it.</summary>
    BFloat16,
}
