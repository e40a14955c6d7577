using System.Collections.Immutable;
using ImageRestoration.Masking;

namespace ImageRestoration.Networks;

/// <summary>What a model file says about itself besides network and weights. Pictures in and out have the nominal range [0, 1].</summary>
public sealed record ModelInfo
{
    /// <summary>Name, such as <c>denoise-color</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is trained for.</summary>
    public required RestorationTask Task { get; init; }

    /// <summary>One paragraph for people.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Licence of the weights as an SPDX expression or a sentence.</summary>
    public string License { get; init; } = string.Empty;

    /// <summary>What missing pixels hold when a network that takes a mask sees them: as in training.</summary>
    /// <value>
    /// Default <see cref="InitialFill.Zero"/>. Other fills follow from the whole picture, before it is cut into tiles; such models do
    /// not restore files row by row.
    /// </value>
    public InitialFill Fill { get; init; }

    /// <summary>Whether the network sees pictures at the exposure of <see cref="Imaging.AutoExposure"/>, as in training.</summary>
    /// <value>
    /// Default <see langword="false"/>: as they are. The exposure follows from the whole picture, before it is cut into tiles; such models
    /// do not restore files row by row.
    /// </value>
    public bool NormalizesExposure { get; init; }

    /// <summary>Where it comes from: training data, recipe, steps, library version. Free text by key.</summary>
    public ImmutableSortedDictionary<string, string> Provenance { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Measured scores by name, such as <c>CBSD68 sigma 25 PSNR</c>.</summary>
    public ImmutableSortedDictionary<string, double> Scores { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    internal void ThrowIfInvalid(string parameterName)
    {
        var errors = new List<string>();
        errors.AddIf(string.IsNullOrWhiteSpace(Name), "Name is empty; give the model a name.");
        errors.AddIf(!Enum.IsDefined(Fill), $"Fill {Fill} is unknown; use one of {string.Join(", ", Enum.GetNames<InitialFill>())}.");
        errors.AddRange(Scores.Where(s => !double.IsFinite(s.Value))
            .Select(s => Invariant($"Score '{s.Key}' is {s.Value}; leave out scores that are not finite.")));
        errors.ThrowIfAny(nameof(ModelInfo), parameterName);
    }
}
