using System.Collections.Immutable;
using ImageRestoration.Data;

namespace ImageRestoration.Photos;

/// <summary>
/// Picture files as a source of training patches. Decoded pictures are kept as planes of 8 or 16 bits, as their
/// files have them; a sample of 8 bits n becomes n/255, one of 16 bits n/65535. Folders that exceed
/// <see cref="ImageFolderOptions.CacheBytes"/> are decoded on demand. Of pictures with transparency the colours are taken as they are
/// stored. EXIF orientation is left aside.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class ImageFolderSource : IPatchSource
{
    private readonly ImmutableArray<PictureFile> _files;
    private readonly PictureCache _cache;
    private readonly long _limit;
    private readonly long _residentBytes;

    internal ImageFolderSource(ImmutableArray<PictureFile> files, ImmutableArray<string> skipped, int channels, long limit)
    {
        _files = files;
        _limit = limit;
        _residentBytes = files.Sum(file => file.Resident?.ByteCount ?? 0);
        _cache = new PictureCache(limit - _residentBytes);
        Skipped = skipped;
        Channels = channels;
    }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <summary>Files that were left out, each with the reason: damaged, too small, or of another kind.</summary>
    public ImmutableArray<string> Skipped { get; }

    /// <summary>Whether all pictures are in memory, so that no file is read any more.</summary>
    public bool IsInMemory => _files.All(file => file.Resident is not null);

    /// <summary>Bytes of decoded pixels in memory, about <see cref="ImageFolderOptions.CacheBytes"/> at most.</summary>
    public long BytesInMemory => _residentBytes + _cache.ByteCount;

    /// <summary>Files decoded on demand so far. Divided by the patches cut so far, it tells how seldom the cache helped.</summary>
    public long DecodeCount => _cache.DecodeCount;

    /// <summary>Lists the picture files below a folder, in an order that does not depend on the file system.</summary>
    /// <param name="folder">The folder; its subfolders are searched too.</param>
    /// <returns>Full paths of the files with one of <see cref="PhotoFormats.Extensions"/>.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImmutableArray<string> ListFiles(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string root = Path.GetFullPath(folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => PhotoFormats.Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .OrderBy(f => Path.GetRelativePath(root, f).Replace('\\', '/'), StringComparer.Ordinal)];
    }

    /// <summary>Reads files through a codec. Those that cannot be used are skipped and listed in <see cref="Skipped"/>.</summary>
    /// <param name="files">Paths of picture files, such as those of <see cref="ListFiles"/>.</param>
    /// <param name="codec">Decodes the files, such as <c>new ImageSharpCodec()</c>.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TrainingException">No file can be used.</exception>
    public static Task<ImageFolderSource> LoadAsync(
        IReadOnlyList<string> files, IPhotoCodec codec, ImageFolderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return LoadAsync(files, new PhotoFiles(codec), options, cancellationToken);
    }

    /// <summary>Reads files through several codecs. Those that cannot be used are skipped and listed in <see cref="Skipped"/>.</summary>
    /// <param name="files">Paths of picture files, such as those of <see cref="ListFiles"/>.</param>
    /// <param name="photoFiles">Decodes the files.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TrainingException">No file can be used.</exception>
    public static Task<ImageFolderSource> LoadAsync(
        IReadOnlyList<string> files,
        PhotoFiles photoFiles,
        ImageFolderOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(photoFiles);
        options ??= new ImageFolderOptions();
        options.ThrowIfInvalid(nameof(options));
        return new ImageFolderLoader(files, photoFiles, options).LoadAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public string NameOf(int index) => _files[index].Path;

    /// <inheritdoc/>
    public (int Height, int Width) SizeOf(int index) => (_files[index].Height, _files[index].Width);

    /// <inheritdoc/>
    /// <exception cref="TrainingException">The file is decoded on demand and cannot be, or has changed.</exception>
    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
    {
        PictureFile file = _files[index];
        PackedImage pixels = file.Resident ?? _cache.Get(index, file);
        pixels.Read(top, left, height, width, destination);
        int plane = height * width;
        for (int channel = file.Channels; channel < Channels; channel++)
        {
            destination[..plane].CopyTo(destination.Slice(channel * plane, plane));
        }
    }

    /// <summary>Some of the pictures, in another order.</summary>
    internal ImageFolderSource Select(IEnumerable<int> pictures) => new([.. pictures.Select(i => _files[i])], Skipped, Channels, _limit);
}
