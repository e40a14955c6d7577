using System.Collections.Immutable;
using ImageRestoration.Data;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace ImageRestoration.ImageSharp;

/// <summary>Picture files as a source of training patches. The pictures are decoded once and kept as 8-bit planes.</summary>
/// <remarks>Safe for use from several threads.</remarks>
public sealed class ImageFolderSource : IPatchSource
{
    private static readonly string[] _extensions = [".png", ".jpg", ".jpeg"];

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
    /// <returns>Full paths of <c>.png</c>, <c>.jpg</c> and <c>.jpeg</c> files.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImmutableArray<string> ListFiles(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string root = Path.GetFullPath(folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => _extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
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

        return Task.Run(() => Load(files, options, cancellationToken), cancellationToken);
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
                ReadOnlySpan<byte> source = picture.Planes.AsSpan(plane + (row * picture.Width) + left, width);
                for (int x = 0; x < width; x++)
                {
                    destination[target++] = source[x] / 255f;
                }
            }
        }
    }

    private static ImageFolderSource Load(IReadOnlyList<string> files, ImageFolderOptions options, CancellationToken cancellationToken)
    {
        var pictures = ImmutableArray.CreateBuilder<Picture>(files.Count);
        var skipped = ImmutableArray.CreateBuilder<string>();
        long bytes = 0;
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Picture picture = Decode(file, options);
                bytes += picture.Planes.Length;
                pictures.Add(picture);
            }
            catch (Exception e) when (e is ImageFormatException or ImageFileException or IOException or UnauthorizedAccessException)
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
            : throw new TrainingException($"None of the {files.Count} files can be trained on. {(skipped.Count > 0 ? "The first: " + skipped[0] : "Name a folder with PNG or JPEG pictures.")}");
    }

    private static Picture Decode(string file, ImageFolderOptions options)
    {
        using Image image = Image.Load(file);
        if (image.Height < options.MinimumSize || image.Width < options.MinimumSize)
        {
            throw new ImageFileException($"{image.Height}×{image.Width} is smaller than {options.MinimumSize}×{options.MinimumSize}.");
        }

        return image switch
        {
            Image<L8> grey => Split(file, grey),
            Image<Rgb24> color when options.Channels == 3 => Split(file, color),
            Image<Rgb24> => throw new ImageFileException("the picture is in colour and grey pictures are asked for. Convert it to grey."),
            _ => throw new ImageFileException("only 8-bit grey and RGB pictures without transparency are trained on. Convert it."),
        };
    }

    private static Picture Split(string file, Image<L8> image)
    {
        var plane = new byte[image.Height * image.Width];
        image.ProcessPixelRows(accessor =>
        {
            for (int y = 0; y < accessor.Height; y++)
            {
                ReadOnlySpan<L8> row = accessor.GetRowSpan(y);
                for (int x = 0; x < row.Length; x++)
                {
                    plane[(y * row.Length) + x] = row[x].PackedValue;
                }
            }
        });
        return new Picture(file, image.Height, image.Width, plane, IsGrey: true);
    }

    private static Picture Split(string file, Image<Rgb24> image)
    {
        int size = image.Height * image.Width;
        var planes = new byte[3 * size];
        image.ProcessPixelRows(accessor =>
        {
            for (int y = 0; y < accessor.Height; y++)
            {
                ReadOnlySpan<Rgb24> row = accessor.GetRowSpan(y);
                for (int x = 0; x < row.Length; x++)
                {
                    int i = (y * row.Length) + x;
                    planes[i] = row[x].R;
                    planes[size + i] = row[x].G;
                    planes[(2 * size) + i] = row[x].B;
                }
            }
        });
        return new Picture(file, image.Height, image.Width, planes, IsGrey: false);
    }

    private sealed record Picture(string Path, int Height, int Width, byte[] Planes, bool IsGrey);
}
