using System.Collections.Immutable;

namespace ImageRestoration.Photos;

/// <summary>Reads the files of a folder: pixels as long as they fit into memory, sizes alone after that.</summary>
internal sealed class ImageFolderLoader(IReadOnlyList<string> paths, PhotoFiles photoFiles, ImageFolderOptions options)
{
    private readonly PictureFile?[] _files = new PictureFile?[paths.Count];
    private readonly string?[] _faults = new string?[paths.Count];
    private readonly long _limit = options.CacheLimit;
    private long _bytes;
    private bool _full = options.CacheLimit <= 0;

    internal async Task<ImageFolderSource> LoadAsync(CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, paths.Count, parallel, async (i, token) => await LoadFileAsync(i, token).ConfigureAwait(false)).ConfigureAwait(false);
        ImmutableArray<string> skipped = [.. _faults.OfType<string>()];
        ImmutableArray<PictureFile> files = [.. _files.OfType<PictureFile>()];
        return files.Length > 0
            ? new ImageFolderSource(_full ? KeepThreeQuarters(files) : files, skipped, options.Channels, _limit)
            : throw new TrainingException(
                $"None of the {paths.Count} files can be trained on. "
                    + $"{(skipped.Length > 0 ? "The first: " + skipped[0] : "Name a folder with pictures.")}");
    }

    private async Task LoadFileAsync(int index, CancellationToken cancellationToken)
    {
        try
        {
            bool full = Volatile.Read(ref _full);
            PictureFile file = full && !options.Verify
                ? await PictureFile.InspectAsync(paths[index], photoFiles, options, cancellationToken).ConfigureAwait(false)
                : await PictureFile.DecodeAsync(paths[index], photoFiles, options, cancellationToken).ConfigureAwait(false);
            if (!full && Interlocked.Add(ref _bytes, file.ByteCount) > _limit)
            {
                Volatile.Write(ref _full, true);
            }

            _files[index] = Volatile.Read(ref _full) ? file with { Resident = null } : file;
        }
        catch (ImageFileException e)
        {
            _faults[index] = $"{paths[index]}: {e.Message}";
        }
    }

    /// <summary>Leaves a quarter of the memory to pictures that come and go.</summary>
    /// <remarks>
    /// Every epoch has an order of its own: of pictures that come and go, few are still there when their turn comes again. Those that stay
    /// for good spare a decoding each.
    /// </remarks>
    private ImmutableArray<PictureFile> KeepThreeQuarters(ImmutableArray<PictureFile> files)
    {
        long kept = 0;
        return [.. files.Select(file =>
        {
            bool stays = file.Resident is not null && kept + file.ByteCount <= _limit / 4 * 3;
            kept += stays ? file.ByteCount : 0;
            return stays ? file : file with { Resident = null };
        })];
    }
}
