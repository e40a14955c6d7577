using System.Collections.Immutable;
using System.Globalization;

namespace ImageRestoration.Models;

/// <summary>The models that come with this library. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class PretrainedModels
{
    /// <inheritdoc cref="DenoiseModels.Color"/>
    public static PretrainedModel DenoiseColor => DenoiseModels.Color;

    /// <inheritdoc cref="DenoiseModels.ColorFast"/>
    public static PretrainedModel DenoiseColorFast => DenoiseModels.ColorFast;

    /// <inheritdoc cref="DenoiseModels.Gray"/>
    public static PretrainedModel DenoiseGray => DenoiseModels.Gray;

    /// <inheritdoc cref="DenoiseModels.GrayFast"/>
    public static PretrainedModel DenoiseGrayFast => DenoiseModels.GrayFast;

    /// <inheritdoc cref="DeblockModels.Color"/>
    public static PretrainedModel DeblockColor => DeblockModels.Color;

    /// <inheritdoc cref="DeblockModels.ColorFast"/>
    public static PretrainedModel DeblockColorFast => DeblockModels.ColorFast;

    /// <inheritdoc cref="InpaintModels.Color"/>
    public static PretrainedModel InpaintColor => InpaintModels.Color;

    /// <inheritdoc cref="InpaintModels.ColorFast"/>
    public static PretrainedModel InpaintColorFast => InpaintModels.ColorFast;

    /// <inheritdoc cref="InpaintModels.ColorSharpFast"/>
    public static PretrainedModel InpaintColorSharpFast => InpaintModels.ColorSharpFast;

    /// <inheritdoc cref="BrightenModels.Color"/>
    public static PretrainedModel BrightenColor => BrightenModels.Color;

    /// <inheritdoc cref="BrightenModels.ColorFast"/>
    public static PretrainedModel BrightenColorFast => BrightenModels.ColorFast;

    /// <summary>All models, by task, the better one first.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } =
        [.. DenoiseModels.All, .. DeblockModels.All, .. InpaintModels.All, .. BrightenModels.All];

    /// <summary>Finds a model by its name.</summary>
    /// <param name="name">Name such as <c>denoise-color</c>; case matters.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There is no model of that name; the message lists the known ones.</exception>
    public static PretrainedModel Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal))
            ?? throw new ArgumentException(
                $"There is no pretrained model called '{name}'. Known models: {string.Join(", ", All.Select(m => m.Name))}.", nameof(name));
    }

    /// <summary>Chooses a model by what it is to do.</summary>
    /// <param name="task">The task.</param>
    /// <param name="size">The wanted size; where a task has no model of that size, its other one is given.</param>
    /// <param name="channels">Channels of the pictures: 3 for RGB, 1 for grey.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">No model does that; the message lists the tasks that have one.</exception>
    public static PretrainedModel For(RestorationTask task, ModelSize size = ModelSize.Standard, int channels = 3)
    {
        PretrainedModel[] models = [.. All.Where(model => model.Task == task && model.Channels == channels)];
        return models.FirstOrDefault(model => model.Size == size)
            ?? models.FirstOrDefault()
            ?? throw NoModel(task, channels);
    }

    private static ArgumentException NoModel(RestorationTask task, int channels)
    {
        IEnumerable<RestorationTask> tasks = All.Where(m => m.Channels == channels).Select(m => m.Task).Distinct();
        return new(
            string.Create(
                CultureInfo.InvariantCulture, $"There is no pretrained model for the task {task} and pictures of {channels} channel(s). ")
                + $"Tasks with models for these channels: {string.Join(", ", tasks)}.",
            nameof(task));
    }
}
