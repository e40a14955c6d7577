namespace ImageRestoration.Photos;

/// <summary>One of several folders whose pictures belong together.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Options">
/// How its pictures are read: grey for depth or infrared, for example. The defaults where <see langword="null"/>.
/// </param>
public sealed record AlignedFolder(string Path, ImageFolderOptions? Options = null);
