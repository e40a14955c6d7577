namespace ImageRestoration.Imaging;

/// <summary>How <see cref="Resampling"/> weighs pixels. When a picture shrinks, kernels widen by the factor against aliasing.</summary>
public enum ResamplingKernel
{
    /// <summary>Mean over the part of the picture that a new pixel covers, pixels that it covers in part included.</summary>
    Area,

    /// <summary>Triangle of two pixels' width: linear interpolation when a picture grows.</summary>
    Bilinear,

    /// <summary>
    /// Cubic convolution, a = -0.5, over four pixels' width (Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981).
    /// </summary>
    Bicubic,
}
