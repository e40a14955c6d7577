namespace ImageRestoration.OnnxRuntime;

/// <summary>What a network computes with. Pictures, masks, latents and results are float32 always.</summary>
public enum OnnxPrecision
{
    /// <summary>32 bits throughout.</summary>
    Float32,

    /// <summary>
    /// 16 bits (IEEE 754 binary16) in convolutions, linear layers and what lies between them; 32 bits in normalisation, division and sums
    /// with the picture itself. Half the memory and, on devices with instructions for it, about twice as fast or more; on most processors
    /// slower.
    /// </summary>
    Float16,
}
