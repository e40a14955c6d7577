using ImageRestoration.Models;
using ImageRestoration.Networks;

namespace ImageRestoration.DependencyInjection;

/// <summary>What the registrations of all backends ask for: the model. A backend derives a class with its own settings.</summary>
/// <remarks>
/// Named options: properties can be set in code and bound from configuration, also by the source generator for trimmed programs. They are
/// checked when the host starts, or else when the restorer is first asked for, and all errors are reported together.
/// </remarks>
public abstract class ModelRestorerOptions
{
    /// <summary>Path of the model file. It is read when the restorer is first asked for. One source of the model is given.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? ModelPath { get; set; }

    /// <summary>Gives the model when the restorer is first asked for. One source of the model is given.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public Func<IServiceProvider, Model>? Model { get; set; }

    /// <summary>
    /// A model embedded in a library: see <see cref="PretrainedModel.CreateRestorer"/>. One source of the model is given.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public PretrainedModel? Pretrained { get; set; }

    internal Model LoadModel(IServiceProvider services)
        => ModelPath is not null
            ? Networks.Model.Load(ModelPath)
            : Model?.Invoke(services)
                ?? throw new InvalidOperationException($"{nameof(Model)} is not set or returned null. Return a model.");

    /// <summary>Lists everything wrong with the options of the derived class.</summary>
    /// <returns>One sentence for each error, with the property, what it is and what it must be.</returns>
    protected abstract IEnumerable<string> FindErrors();

    internal IEnumerable<string> FindAllErrors()
    {
        object?[] sources = [ModelPath, Model, Pretrained];
        if (sources.Count(source => source is not null) != 1)
        {
            yield return sources.All(source => source is null)
                ? $"{nameof(ModelPath)}, {nameof(Model)} and {nameof(Pretrained)} are all missing; give one of them."
                : $"{nameof(ModelPath)} ('{ModelPath}'), {nameof(Model)} and {nameof(Pretrained)}: more than one is given; keep one.";
        }

        if (ModelPath is not null && string.IsNullOrWhiteSpace(ModelPath))
        {
            yield return $"{nameof(ModelPath)} is empty; give the path of a model file.";
        }

        foreach (string error in FindErrors())
        {
            yield return error;
        }
    }
}
