using System.Collections.Immutable;

namespace ImageRestoration.Models;

/// <summary>The models that come with this library. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class PretrainedModels
{
    /// <summary>
    /// Removes Gaussian noise of unknown strength (sigma 0 to 55 on the scale [0, 255]) and that of sensors from RGB pictures: N×3×H×W in [0, 1] in,
    /// the same shape out.
    /// </summary>
    public static PretrainedModel DenoiseColor { get; } = new("denoise-color", RestorationTask.Denoise);

    /// <summary>
    /// Removes Gaussian noise of unknown strength (sigma 0 to 55 on the scale [0, 255]) and that of sensors from RGB pictures: N×3×H×W in [0, 1] in,
    /// the same shape out.
    /// </summary>
    public static PretrainedModel DenoiseColorFast { get; } = new("denoise-color-fast", RestorationTask.Denoise, ModelSize.Fast);

    /// <summary>Removes Gaussian noise of unknown strength and that of sensors from grey pictures: N×1×H×W in [0, 1] in, the same shape out.</summary>
    public static PretrainedModel DenoiseGray { get; } = new("denoise-gray", RestorationTask.Denoise, channels: 1);

    /// <summary>Removes Gaussian noise of unknown strength and that of sensors from grey pictures: N×1×H×W in [0, 1] in, the same shape out.</summary>
    public static PretrainedModel DenoiseGrayFast { get; } = new("denoise-gray-fast", RestorationTask.Denoise, ModelSize.Fast, channels: 1);

    /// <summary>
    /// Removes the artefacts of JPEG compression of unknown quality (5 to 95, colour planes of any resolution, compressed once or twice) from RGB
    /// pictures: N×3×H×W in [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel DeblockColor { get; } = new("deblock-color", RestorationTask.Deblock);

    /// <summary>
    /// Removes the artefacts of JPEG compression of unknown quality (5 to 95, colour planes of any resolution, compressed once or twice) from RGB
    /// pictures: N×3×H×W in [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel DeblockColorFast { get; } = new("deblock-color-fast", RestorationTask.Deblock, ModelSize.Fast);

    /// <summary>
    /// Fills in missing parts of RGB pictures: N×3×H×W in [0, 1] and a mask in which 1 means missing in, the same shape out, known pixels as they were.
    /// </summary>
    public static PretrainedModel InpaintColor { get; } = new("inpaint-color", RestorationTask.Inpaint);

    /// <summary>
    /// Fills in missing parts of RGB pictures: N×3×H×W in [0, 1] and a mask in which 1 means missing in, the same shape out, known pixels as they were.
    /// </summary>
    public static PretrainedModel InpaintColorFast { get; } = new("inpaint-color-fast", RestorationTask.Inpaint, ModelSize.Fast);

    /// <summary>
    /// Fills in missing parts of RGB pictures with texture where <see cref="InpaintColorFast"/>, of the same cost, is smooth: less right on average, more like
    /// a photograph. N×3×H×W in [0, 1] and a mask in which 1 means missing in, the same shape out, known pixels as they were.
    /// </summary>
    public static PretrainedModel InpaintColorSharpFast { get; } = new("inpaint-color-sharp-fast", RestorationTask.Inpaint, ModelSize.Fast);

    /// <summary>
    /// Brightens RGB pictures taken in low light, about 1 to 7 stops too dark, and removes their noise: N×3×H×W in [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel BrightenColor { get; } = new("brighten-color", RestorationTask.Brighten);

    /// <summary>
    /// Brightens RGB pictures taken in low light, about 1 to 7 stops too dark, and removes their noise: N×3×H×W in [0, 1] in, the same shape out.
    /// </summary>
    public static PretrainedModel BrightenColorFast { get; } = new("brighten-color-fast", RestorationTask.Brighten, ModelSize.Fast);

    /// <summary>All models, by task, the better one first.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } = [DenoiseColor, DenoiseColorFast, DenoiseGray, DenoiseGrayFast, DeblockColor, DeblockColorFast, InpaintColor, InpaintColorFast, InpaintColorSharpFast, BrightenColor, BrightenColorFast];

    /// <summary>Finds a model by its name.</summary>
    /// <param name="name">Name such as <c>denoise-color</c>; case matters.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There is no model of that name; the message lists the known ones.</exception>
    public static PretrainedModel Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"There is no pretrained model called '{name}'. Known models: {string.Join(", ", All.Select(m => m.Name))}.", nameof(name));
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
            ?? throw new ArgumentException($"There is no pretrained model for the task {task} and pictures of {channels} channel(s). Tasks with models for these channels: {string.Join(", ", All.Where(m => m.Channels == channels).Select(m => m.Task).Distinct())}.", nameof(task));
    }
}
