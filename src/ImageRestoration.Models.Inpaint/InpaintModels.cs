using System.Collections.Immutable;

namespace ImageRestoration.Models;

/// <summary>Models that fill in missing pixels. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class InpaintModels
{
    /// <summary>
    /// Fills in missing parts of RGB pictures: N×3×H×W in [0, 1] and a mask in which 1 means missing in, the same shape out, known pixels
    /// as they were.
    /// </summary>
    public static PretrainedModel Color { get; } = Create("inpaint-color");

    /// <summary>
    /// Fills in missing parts of RGB pictures: N×3×H×W in [0, 1] and a mask in which 1 means missing in, the same shape out, known pixels
    /// as they were.
    /// </summary>
    public static PretrainedModel ColorFast { get; } = Create("inpaint-color-fast", ModelSize.Fast);

    /// <summary>
    /// Fills in missing parts of RGB pictures with texture where <see cref="ColorFast"/>, of the same cost, is smooth: less right on
    /// average, more like a photograph. N×3×H×W in [0, 1] and a mask in which 1 means missing in, the same shape out, known pixels as they
    /// were.
    /// </summary>
    public static PretrainedModel ColorSharpFast { get; } = Create("inpaint-color-sharp-fast", ModelSize.Fast);

    /// <summary>All of them, the better one first.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } = [Color, ColorFast, ColorSharpFast];

    private static PretrainedModel Create(string name, ModelSize size = ModelSize.Standard, int channels = 3)
        => new(name, RestorationTask.Inpaint, typeof(InpaintModels).Assembly, size, channels);
}
