using ImageRestoration.Imaging;

namespace ImageRestoration.Tests.Imaging;

/// <summary>Resampled rows of synthetic pictures, as Pillow computes them and Degradation/reference_values.py prints them.</summary>
internal static class ResamplingReference
{
    /// <summary>Kernel, length of the row, resampled row.</summary>
    public static TheoryData<ResamplingKernel, int, float[]> Rows => new()
    {
        { ResamplingKernel.Bilinear, 8, [0.5842105f, 0.3985994f, 0.2781218f] },
        { ResamplingKernel.Bilinear, 5, [0.8f, 0.7431372f, 0.5535948f, 0.3640523f, 0.552451f, 0.7828432f, 0.7207516f, 0.3661765f, 0.05441177f, 0.1279412f, 0.2014706f, 0.2235294f] },
        { ResamplingKernel.Bilinear, 11, [0.7431372f, 0.4602941f, 0.6498366f, 0.1132353f, 0.5506536f, 0.4465686f, 0.06813726f, 0.08464053f, 0.5852941f, 0.8823529f] },
        { ResamplingKernel.Bilinear, 4, [0.5390523f] },
        { ResamplingKernel.Bilinear, 1, [0.8f, 0.8f, 0.8f] },
        { ResamplingKernel.Bicubic, 8, [0.6087306f, 0.3932433f, 0.2796697f] },
        { ResamplingKernel.Bicubic, 5, [0.844299f, 0.7599328f, 0.5272294f, 0.3455253f, 0.5403301f, 0.8571832f, 0.7947548f, 0.3526195f, 0.03505674f, 0.07722139f, 0.2038338f, 0.2407144f] },
        { ResamplingKernel.Bicubic, 11, [0.7552659f, 0.4459542f, 0.7118269f, 0.01406639f, 0.6123395f, 0.4775973f, 0.01929804f, 0.05753969f, 0.6187956f, 0.9033895f] },
        { ResamplingKernel.Bicubic, 4, [0.5363843f] },
        { ResamplingKernel.Bicubic, 1, [0.8f, 0.8f, 0.8f] },
    };
}
