namespace ImageRestoration.TorchSharp;

/// <summary>Number type in which convolutions compute. Weights, inputs and outputs stay float32.</summary>
public enum ComputePrecision
{
    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>
    /// bfloat16 with float32 accumulation, channels last: about twice as fast or more where the processor has instructions for it.
    /// </summary>
    BFloat16,

    /// <summary>
    /// IEEE 754 half precision, channels last, on CUDA devices only. Values beyond 65,504 overflow and those below 6e-8 vanish, which
    /// training meets by scaling the loss (<see cref="TrainerOptions.LossScale"/>).
    /// </summary>
    Float16,
}
