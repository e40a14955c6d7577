using System.Collections.Immutable;

namespace ImageRestoration.Models;

/// <summary>Models that remove JPEG artefacts. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class DeblockModels
{
    /// <summary>
    /// Removes the artefacts of JPEG compression of unknown quality (5 to 95, colour planes of any resolution, compressed once or twice)
    /// from RGB pictures: N×3×H×W in [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel Color { get; } = Create("deblock-color");

    /// <summary>
    /// Removes the artefacts of JPEG compression of unknown quality (5 to 95, colour planes of any resolution, compressed once or twice)
    /// from RGB pictures: N×3×H×W in [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel ColorFast { get; } = Create("deblock-color-fast", ModelSize.Fast);

    /// <summary>All of them, the better one first.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } = [Color, ColorFast];

    private static PretrainedModel Create(string name, ModelSize size = ModelSize.Standard, int channels = 3)
        => new(name, RestorationTask.Deblock, typeof(DeblockModels).Assembly, size, channels);
}
