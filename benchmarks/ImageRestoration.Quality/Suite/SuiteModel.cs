using ImageRestoration.Models;
using ImageRestoration.Networks;
using ImageRestoration.Quality.Restorers;

namespace ImageRestoration.Quality.Suite;

/// <summary>A model to evaluate.</summary>
/// <param name="Given">File or name, as given.</param>
/// <param name="Model">The model.</param>
/// <param name="Facts">What rows say of it.</param>
internal sealed record SuiteModel(string Given, Model Model, ModelFacts Facts)
{
    /// <summary>What rows call it: its own name, wherever the file lies.</summary>
    public string Name => Model.Info.Name;

    public static SuiteModel Load(string given)
    {
        Model model = RestorerFactory.LoadModel(given);
        return new(given, model, ModelFacts.Of(model, File.Exists(given) ? new FileInfo(given).Length : LengthOf(PretrainedModels.Find(given))));
    }

    /// <summary>Whether a table of the suite is for this model.</summary>
    public bool Fits(SuiteEntry entry)
        => string.Equals(Model.Info.Task.ToString(), entry.ModelTask, StringComparison.OrdinalIgnoreCase) && (entry.IsGrey || Facts.Channels > 1);

    private static long LengthOf(PretrainedModel model)
    {
        using Stream stream = model.OpenRead();
        return stream.Length;
    }
}
