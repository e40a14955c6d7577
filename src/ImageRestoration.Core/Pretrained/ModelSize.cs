namespace ImageRestoration.Models;

/// <summary>What a pretrained model costs.</summary>
public enum ModelSize
{
    /// <summary>At most 160 thousand multiply–accumulate operations per pixel: the better result.</summary>
    Standard,

    /// <summary>At most 30 thousand multiply–accumulate operations per pixel: about a fifth of the time.</summary>
    Fast,
}
