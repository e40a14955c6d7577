using System.Collections.Immutable;
using ImageRestoration.Data;

namespace ImageRestoration.Photos;

/// <summary>
/// Folders whose pictures belong together by their names: <c>degraded/garden/7.jpg</c> with <c>clean/garden/7.png</c>, or colour with
/// depth. Partners have the same path below their folder, without the extension, and the same size.
/// </summary>
public sealed class AlignedFolders
{
    private AlignedFolders(ImmutableArray<ImageFolderSource> sources, ImmutableArray<string> skipped)
    {
        Sources = sources;
        Skipped = skipped;
    }

    /// <summary>One source per folder, in the order of the folders; the n-th pictures of all are partners.</summary>
    public ImmutableArray<ImageFolderSource> Sources { get; }

    /// <summary>Files that were left out, each with the reason: damaged, without a partner, of another size than their partner …</summary>
    public ImmutableArray<string> Skipped { get; }

    /// <summary>
    /// Reads folders and matches their pictures. What has no partner in every folder is skipped and listed in <see cref="Skipped"/>.
    /// </summary>
    /// <param name="folders">
    /// At least two folders. The default of <see cref="ImageFolderOptions.CacheBytes"/> is divided among them.
    /// </param>
    /// <param name="codec">Decodes the files, such as <c>new ImageSharpCodec()</c>.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The matched folders.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="TrainingException">No picture has partners in every folder.</exception>
    public static async Task<AlignedFolders> LoadAsync(
        IReadOnlyList<AlignedFolder> folders, IPhotoCodec codec, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(codec);
        if (folders.Count < 2)
        {
            throw new ArgumentException($"There are {folders.Count} folder(s) and partners are looked for in at least two. "
                + $"Use {nameof(ImageFolderSource)} for one.", nameof(folders));
        }

        var skipped = new List<string>();
        Dictionary<string, string>[] files = [.. folders.Select(folder => FilesByName(folder.Path, skipped))];
        var common = new SortedSet<string>(files[0].Keys, StringComparer.Ordinal);
        foreach (Dictionary<string, string> folder in files)
        {
            common.IntersectWith(folder.Keys);
        }

        for (int i = 0; i < files.Length; i++)
        {
            foreach ((string name, string path) in files[i].Where(file => !common.Contains(file.Key)))
            {
                string missing = string.Join(
                    "' and '", folders.Where((_, other) => !files[other].ContainsKey(name)).Select(folder => folder.Path));
                skipped.Add($"{path}: there is no '{name}' in '{missing}'.");
            }
        }

        var sources = new List<ImageFolderSource>();
        for (int i = 0; i < files.Length; i++)
        {
            if (common.Count == 0)
            {
                throw new TrainingException("No picture has a partner of the same name in each of "
                    + $"'{string.Join("', '", folders.Select(folder => folder.Path))}'. "
                    + "Partners have the same path below their folder, without the extension.");
            }

            ImageFolderOptions options = folders[i].Options ?? new ImageFolderOptions();
            options = options with { CacheBytes = options.CacheBytes ?? (options.CacheLimit / folders.Count) };
            sources.Add(
                await ImageFolderSource.LoadAsync(
                    [.. common.Select(name => files[i][name])], codec, options, cancellationToken).ConfigureAwait(false));
        }

        return Match(files, common, sources, skipped);
    }

    /// <summary>The first folder as clean pictures, with the second as their degraded partners.</summary>
    /// <returns>A source for <see cref="PatchSampler"/>.</returns>
    /// <exception cref="TrainingException">The folders are read with different channels.</exception>
    public PairedPatchSource ToPairs()
        => Sources.Length == 2
            ? new PairedPatchSource(clean: Sources[0], degraded: Sources[1])
            : throw new InvalidOperationException($"There are {Sources.Length} folders and a pair is made of two. "
                + $"Combine {nameof(Sources)} with {nameof(PairedPatchSource)} and {nameof(AlignedStackSource)}.");

    /// <summary>All folders as one source whose pictures have the channels of all.</summary>
    /// <returns>A source for <see cref="PatchSampler"/>.</returns>
    public AlignedStackSource ToStack() => new([.. Sources]);

    private static Dictionary<string, string> FilesByName(string folder, List<string> skipped)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in ImageFolderSource.ListFiles(folder))
        {
            string name = Path.ChangeExtension(Path.GetRelativePath(Path.GetFullPath(folder), path), extension: null).Replace('\\', '/');
            if (!files.TryAdd(name, path))
            {
                skipped.Add($"{path}: '{files[name]}' has the same name but for its extension.");
            }
        }

        return files;
    }

    /// <summary>Leaves out what could not be read in one of the folders, or differs in size.</summary>
    private static AlignedFolders Match(
        Dictionary<string, string>[] files, IEnumerable<string> names, List<ImageFolderSource> sources, List<string> skipped)
    {
        Dictionary<string, int>[] indices = [.. sources.Select(
            source => Enumerable.Range(0, source.Count).ToDictionary(source.NameOf, StringComparer.Ordinal))];
        skipped.AddRange(sources.SelectMany(source => source.Skipped));
        var kept = new List<int[]>();
        foreach (string name in names)
        {
            int[] partners = [.. files.Select((folder, i) => indices[i].GetValueOrDefault(folder[name], -1))];
            if (Array.IndexOf(partners, -1) is var unread and >= 0)
            {
                skipped.AddRange(
                    files.Where((_, i) => partners[i] >= 0).Select(
                        folder => $"{folder[name]}: its partner '{files[unread][name]}' was left out."));
            }
            else if (partners.Select((picture, i) => sources[i].SizeOf(picture)).ToArray() is var sizes && sizes.Distinct().Count() > 1)
            {
                string different = string.Join(" and ", sizes.Select(size => Invariant($"{size.Height}×{size.Width}")));
                skipped.Add($"{files[0][name]}: it is {different} in the folders; partners are of one size. Crop or resize them.");
            }
            else
            {
                kept.Add(partners);
            }
        }

        return kept.Count > 0
            ? new AlignedFolders([.. sources.Select((source, i) => source.Select(kept.Select(partners => partners[i])))], [.. skipped])
            : throw new TrainingException($"No picture can be used together with its partners. The first: {skipped[0]}");
    }
}
