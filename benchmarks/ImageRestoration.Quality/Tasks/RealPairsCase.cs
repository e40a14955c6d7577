using ImageRestoration.Imaging;
using ImageRestoration.ImageSharp;

namespace ImageRestoration.Quality.Tasks;

/// <summary>Photographs of static scenes: NAME_real.* as the camera made it is restored and compared with NAME_mean.*, the mean of many shots.</summary>
internal sealed class RealPairsCase : EvaluationCase
{
    private const string Noisy = "_real";
    private const string Clean = "_mean";

    public override string Name => "pairs";

    /// <summary>Lists the clean pictures, by name.</summary>
    /// <param name="folder">Folder of pairs.</param>
    /// <param name="limit">How many pairs to take at most.</param>
    public static IReadOnlyList<string> ListClean(string folder, int? limit)
    {
        string[] clean = [.. ImageFolder.List(folder, limit: null)
            .Where(file => Path.GetFileNameWithoutExtension(file).EndsWith(Clean, StringComparison.Ordinal))
            .Take(limit ?? int.MaxValue)];
        return clean.Length > 0 ? clean : throw new QualityException($"Folder '{folder}' has no pairs NAME{Noisy}.* and NAME{Clean}.*. Give such a folder with --images.");
    }

    public override async Task<EvaluationInput> CreateInputAsync(ImageTensor original, PictureFile file, CancellationToken cancellationToken)
    {
        string name = Path.GetFileNameWithoutExtension(file.Path)[..^Clean.Length] + Noisy;
        string path = Path.Combine(Path.GetDirectoryName(file.Path)!, name + Path.GetExtension(file.Path));
        return File.Exists(path)
            ? new EvaluationInput(await ImageFile.LoadAsync(path, cancellationToken))
            : throw new QualityException($"'{file.Path}' has no noisy picture beside it. Add '{Path.GetFileName(path)}', or take the clean one away.");
    }
}
