using ImageRestoration.Networks;

namespace ImageRestoration.DependencyInjection;

/// <summary>What the registrations of all backends ask for: the model. A backend derives a class with its own settings.</summary>
/// <remarks>
/// Named options: properties can be set in code and bound from configuration, also by the source generator for trimmed programs. They are
/// checked when the host starts, or else when the restorer is first asked for, and all errors are reported together.
/// </remarks>
public abstract class ModelRestorerOptions
{
    /// <summary>Path of the model file. It is read when the restorer is first asked for.</summary>
    /// <value>Default <see langword="null"/>: <see cref="Model"/> gives the model.</value>
    public string? ModelPath { get; set; }

    /// <summary>Gives the model when the restorer is first asked for.</summary>
    /// <value>Default <see langword="null"/>: the model is read from <see cref="ModelPath"/>.</value>
    public Func<IServiceProvider, Model>? Model { get; set; }

    /// <summary>Loads the model.</summary>
    /// <param name="services">Services that <see cref="Model"/> is given.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FileNotFoundException">There is no file at <see cref="ModelPath"/>.</exception>
    /// <exception cref="ModelFormatException">The file is damaged or of another format.</exception>
    /// <exception cref="InvalidOperationException">No property is set, or <see cref="Model"/> returned <see langword="null"/>.</exception>
    public Model LoadModel(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return ModelPath is not null
            ? Networks.Model.Load(ModelPath)
            : Model?.Invoke(services)
                ?? throw new InvalidOperationException($"{nameof(Model)} is not set or returned null. Return a model.");
    }

    /// <summary>Lists everything wrong with the options of the derived class.</summary>
    /// <returns>One sentence for each error, with the property, what it is and what it must be.</returns>
    protected abstract IEnumerable<string> FindErrors();

    internal IEnumerable<string> FindAllErrors()
    {
        if (ModelPath is null == Model is null)
        {
            yield return ModelPath is null
                ? $"{nameof(ModelPath)} and {nameof(Model)} are both missing; give one of them."
                : $"{nameof(ModelPath)} ('{ModelPath}') and {nameof(Model)} are both given; leave one out.";
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
