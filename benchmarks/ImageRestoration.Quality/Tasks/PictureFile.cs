namespace ImageRestoration.Quality.Tasks;

/// <summary>Where a true picture comes from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Index">Its number in the folder, in the order of the names, from 0.</param>
internal sealed record PictureFile(string Path, int Index)
{
    /// <summary>Name of the file without the folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
