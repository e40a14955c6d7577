namespace ImageRestoration.Masking;

/// <summary>What missing pixels are set to before a picture is encoded.</summary>
public enum InitialFill
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>The mean of the known pixels, of each picture and channel by itself.</summary>
    Mean,

    /// <summary>Independent random values, uniform in [0, 1).</summary>
    Random,

    /// <summary>The nearest known pixel by Euclidean distance; of several, the leftmost, and of two in its column the upper one.</summary>
    Nearest,

    /// <summary>
    /// A smooth surface through the known pixels (harmonic inpainting; Chan and Shen 2002, "Mathematical Models for Local Nontexture
    /// Inpaintings"), each picture and channel by itself: an approximate solution of Laplace's equation.
    /// </summary>
    Harmonic,

    /// <summary>
    /// <see cref="Harmonic"/> plus Gaussian noise of standard deviation <see cref="MissingPixels.NoiseSigma"/>, weaker nearer than
    /// <see cref="MissingPixels.NoiseRamp"/> pixels to known ones and none beside them, the same in all channels, not clipped, of equal
    /// power in each of <see cref="MissingPixels.NoiseOctaves"/> octaves: something to make texture of for networks that learn it from a
    /// critic. Out of a smooth surface, convolutions make patterns that repeat; and so they do out of noise that is independent in each
    /// pixel, because the lower levels of an encoder see its mean.
    /// </summary>
    HarmonicWithNoise,
}
