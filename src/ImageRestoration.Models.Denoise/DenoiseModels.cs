using System.Collections.Immutable;

namespace ImageRestoration.Models;

/// <summary>Models that remove noise. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class DenoiseModels
{
    /// <summary>Removes Gaussian noise of unknown strength and sensors' noise from grey pictures: N×1×H×W in [0, 1], also out.</summary>
    public static PretrainedModel Gray { get; } = Create("denoise-gray", channels: 1);

    /// <summary>Removes Gaussian noise of unknown strength and sensors' noise from grey pictures: N×1×H×W in [0, 1], also out.</summary>
    public static PretrainedModel GrayFast { get; } = Create("denoise-gray-fast", ModelSize.Fast, channels: 1);

    /// <summary>
    /// Removes Gaussian noise of unknown strength (sigma 0 to 55 on the scale [0, 255]) and that of sensors from RGB pictures: N×3×H×W in
    /// [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel Color { get; } = Create("denoise-color", greyModel: Gray);

    /// <summary>
    /// Removes Gaussian noise of unknown strength (sigma 0 to 55 on the scale [0, 255]) and that of sensors from RGB pictures: N×3×H×W in
    /// [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel ColorFast { get; } = Create("denoise-color-fast", ModelSize.Fast, greyModel: GrayFast);

    /// <summary>All of them, the better one first.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } = [Color, ColorFast, Gray, GrayFast];

    private static PretrainedModel Create(
        string name, ModelSize size = ModelSize.Standard, int channels = 3, PretrainedModel? greyModel = null)
        => new(name, RestorationTask.Denoise, typeof(DenoiseModels).Assembly, size, channels, greyModel);
}
