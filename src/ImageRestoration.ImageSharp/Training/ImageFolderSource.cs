using System.Collections.Immutable;
using ImageRestoration.Data;
using ImageRestoration.Imaging;

namespace ImageRestoration.ImageSharp;

/// <summary>
/// Picture files as a source of training patches: PNG, JPEG, WebP and TIFF. The pictures are decoded once and kept as planes of 8 or 16 bits,
/// as their files have them; a sample of 8 bits n becomes n/255, one of 16 bits n/65535. Of pictures with transparency the colours are
/// taken as they are stored. EXIF orientation is left aside.
/// </summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class ImageFolderSource : IPatchSource
{
    private static readonly ImageLoadOptions _loadOptions = new() { ApplyOrientation = false, DiscardAlpha = true };

    private readonly ImmutableArray<Picture> _pictures;

    private ImageFolderSource(ImmutableArray<Picture> pictures, ImmutableArray<string> skipped, int channels)
    {
        _pictures = pictures;
        Skipped = skipped;
        Channels = channels;
    }

    /// <inheritdoc/>
    public int Count => _pictures.Length;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <summary>Files that were left out, each with the reason: damaged, too small, or of another kind.</summary>
    public ImmutableArray<string> Skipped { get; }

    /// <summary>Lists the picture files below a folder, in an order that does not depend on the file system.</summary>
    /// <param name="folder">The folder; its subfolders are searched too.</param>
    /// <returns>Full paths of the files with one of <see cref="ImageFile.Extensions"/>.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImmutableArray<string> ListFiles(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string root = Path.GetFullPath(folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => ImageFile.Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .OrderBy(f => Path.GetRelativePath(root, f).Replace('\\', '/'), StringComparer.Ordinal)];
    }

    /// <summary>Decodes files. Those that cannot be used are skipped and listed in <see cref="Skipped"/>.</summary>
    /// <param name="files">Paths of picture files, such as those of <see cref="ListFiles"/>.</param>
    /// <param name="options">Settings; the defaults where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The source.</returns>
    /// <exception cref="TrainingException">No file can be used, or the pictures exceed the memory limit.</exception>
    public static Task<ImageFolderSource> LoadAsync(IReadOnlyList<string> files, ImageFolderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        options ??= new ImageFolderOptions();
        if (options.Channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Channels, "ImageFolderOptions.Channels must be 1 (grey) or 3 (RGB).");
        }

        return LoadAllAsync(files, options, cancellationToken);
    }

    /// <inheritdoc/>
    public string NameOf(int index) => _pictures[index].Path;

    /// <inheritdoc/>
    public (int Height, int Width) SizeOf(int index) => (_pictures[index].Height, _pictures[index].Width);

    /// <inheritdoc/>
    public void Read(int index, int top, int left, int height, int width, Span<float> destination)
    {
        Picture picture = _pictures[index];
        if (top < 0 || left < 0 || height < 1 || width < 1 || top > picture.Height - height || left > picture.Width - width)
        {
            throw new ArgumentOutOfRangeException(nameof(top), (top, left, height, width), $"The rectangle leaves picture '{picture.Path}' of {picture.Height}×{picture.Width}.");
        }

        int target = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            int plane = picture.IsGrey ? 0 : channel * picture.Height * picture.Width;
            for (int row = top; row < top + height; row++)
            {
                int start = plane + (row * picture.Width) + left;
                Span<float> values = destination.Slice(target, width);
                if (picture.Words.Length > 0)
                {
                    Scale(picture.Words.AsSpan(start, width), values);
                }
                else
                {
                    Scale(picture.Bytes.AsSpan(start, width), values);
                }

                target += width;
            }
        }
    }

    private static void Scale(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (int x = 0; x < source.Length; x++)
        {
            target[x] = source[x] / 255f;
        }
    }

    private static void Scale(ReadOnlySpan<ushort> source, Span<float> target)
    {
        for (int x = 0; x < source.Length; x++)
        {
            target[x] = source[x] / 65535f;
        }
    }

    private static async Task<ImageFolderSource> LoadAllAsync(IReadOnlyList<string> files, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        var pictures = ImmutableArray.CreateBuilder<Picture>(files.Count);
        var skipped = ImmutableArray.CreateBuilder<string>();
        long bytes = 0;
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Picture picture = await DecodeAsync(file, options, cancellationToken).ConfigureAwait(false);
                bytes += picture.Bytes.Length + (2L * picture.Words.Length);
                pictures.Add(picture);
            }
            catch (ImageFileException e)
            {
                skipped.Add($"{file}: {e.Message}");
            }

            if (bytes > options.MaximumBytes)
            {
                throw new TrainingException($"The decoded pictures exceed {options.MaximumBytes} bytes at '{file}'. Train on fewer or smaller pictures, or raise {nameof(ImageFolderOptions)}.{nameof(ImageFolderOptions.MaximumBytes)}.");
            }
        }

        return pictures.Count > 0
            ? new ImageFolderSource(pictures.ToImmutable(), skipped.ToImmutable(), options.Channels)
            : throw new TrainingException($"None of the {files.Count} files can be trained on. {(skipped.Count > 0 ? "The first: " + skipped[0] : "Name a folder with pictures.")}");
    }

    private static async Task<Picture> DecodeAsync(string file, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        using DecodedFile decoded = await ImageFileReader.ReadAsync(file, _loadOptions, cancellationToken).ConfigureAwait(false);
        ImageTensor image = decoded.Image;
        if (image.Height < options.MinimumSize || image.Width < options.MinimumSize)
        {
            throw new ImageFileException($"{image.Height}×{image.Width} is smaller than {options.MinimumSize}×{options.MinimumSize}.");
        }

        if (image.Channels > options.Channels)
        {
            throw new ImageFileException("the picture is in colour and grey pictures are asked for. Convert it to grey.");
        }

        bool deep = decoded.Facts.Bits == 16;
        byte[] bytes = deep ? [] : new byte[image.Span.Length];
        ushort[] words = deep ? new ushort[image.Span.Length] : [];
        ReadOnlySpan<float> values = image.Span;
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = (ushort)MathF.Round(values[i] * ushort.MaxValue);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)MathF.Round(values[i] * byte.MaxValue);
        }

        return new Picture(file, image.Height, image.Width, bytes, words, image.Channels == 1);
    }

    /// <summary>A picture as planes: of bytes, or of words where its file has 16 bits per channel.</summary>
    private sealed record Picture(string Path, int Height, int Width, byte[] Bytes, ushort[] Words, bool IsGrey);
}
