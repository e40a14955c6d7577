using System.Collections.Immutable;

namespace ImageRestoration.Models;

/// <summary>Models that brighten pictures taken in low light. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class BrightenModels
{
    /// <summary>
    /// Brightens RGB pictures taken in low light, about 1 to 7 stops too dark, and removes their noise: N×3×H×W in [0, 1] in, the same
    /// shape out.
    /// </summary>
    public static PretrainedModel Color { get; } = Create("brighten-color");

    /// <summary>
    /// Brightens RGB pictures taken in low light, about 1 to 7 stops too dark, and removes their noise: N×3×H×W in [0, 1] in, the same
    /// shape out.
    /// </summary>
    public static PretrainedModel ColorFast { get; } = Create("brighten-color-fast", ModelSize.Fast);

    /// <summary>All of them, the better one first.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } = [Color, ColorFast];

    private static PretrainedModel Create(string name, ModelSize size = ModelSize.Standard, int channels = 3)
        => new(name, RestorationTask.Brighten, typeof(BrightenModels).Assembly, size, channels);
}
