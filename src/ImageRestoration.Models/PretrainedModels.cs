using System.Collections.Immutable;
using ImageRestoration.Restoration;

namespace ImageRestoration.Models;

/// <summary>The models that come with this library. Nothing is loaded before it is asked for.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public static class PretrainedModels
{
    /// <summary>
    /// Removes Gaussian noise of unknown strength (sigma 0 to 55 on the scale [0, 255]) from RGB pictures: N×3×H×W in [0, 1] in,
    /// the same shape out.
    /// </summary>
    public static PretrainedModel DenoiseColor { get; } = new("denoise-color", RestorationTask.Denoise);

    /// <summary>All models.</summary>
    public static ImmutableArray<PretrainedModel> All { get; } = [DenoiseColor];

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
}
