using System.Collections.Immutable;
using ImageRestoration;
using ImageRestoration.Data;
using ImageRestoration.ImageSharp;
using ImageRestoration.Imaging;
using ImageRestoration.Photos;
using Spectre.Console;

namespace GenerateImages;

/// <summary>
/// Whole pictures as small squares: the largest square in the middle of each, downscaled. The folders that pictures lie in, directly below
/// the one that is named, are their classes.
/// </summary>
internal sealed class SquareSource : ILabelledPatchSource
{
    private readonly int _size;
    private readonly ImmutableArray<(string Path, int Label, PackedImage Picture)> _pictures;

    private SquareSource(int size, int channels, ImmutableArray<string> classes, ImmutableArray<(string Path, int Label, PackedImage Picture)> pictures)
    {
        _size = size;
        Channels = channels;
        ClassNames = classes;
        _pictures = pictures;
    }

    public int Count => _pictures.Length;

    public int Channels { get; }

    public int ClassCount => ClassNames.Length;

    /// <summary>Names of the subfolders.</summary>
    public ImmutableArray<string> ClassNames { get; }

    public static Task<SquareSource> LoadAsync(string folder, int size, bool grey, bool mirror, CancellationToken cancellationToken)
        => LoadAsync(folder, ImageFolderSource.ListFiles(folder), size, grey, mirror, cancellationToken);

    /// <summary>Reads some files of a folder.</summary>
    public static async Task<SquareSource> LoadAsync(string folder, ImmutableArray<string> files, int size, bool grey, bool mirror, CancellationToken cancellationToken)
    {
        string[] names = [.. files.Select(file => ClassOf(folder, file))];
        ImmutableArray<string> classes = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var pictures = ImmutableArray.CreateBuilder<(string, int, PackedImage)>();
        for (int i = 0; i < files.Length; i++)
        {
            try
            {
                using ImageTensor picture = await ImageFile.LoadAsync(files[i], new ImageLoadOptions { DiscardAlpha = true }, cancellationToken);
                using ImageTensor square = Shrink(picture, size, grey ? 1 : 3);
                int label = classes.IndexOf(names[i], StringComparer.Ordinal);
                pictures.Add((files[i], label, PackedImage.Pack(square, bits: 8)));
                if (mirror)
                {
                    for (int row = 0; row < square.Channels * size; row++)
                    {
                        square.Span.Slice(row * size, size).Reverse();
                    }

                    pictures.Add((files[i] + " mirrored", label, PackedImage.Pack(square, bits: 8)));
                }
            }
            catch (ImageFileException e)
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]skipped[/] {files[i]}: {e.Message}");
            }
        }

        return pictures.Count > 0
            ? new SquareSource(size, grey ? 1 : 3, classes, pictures.ToImmutable())
            : throw new TrainingException($"'{folder}' has no picture that can be trained on. Name a folder with PNG or JPEG pictures, with the files of CIFAR-10, or with IDX files such as those of Fashion-MNIST.");
    }

    public int LabelOf(int index) => _pictures[index].Label;

    public string NameOf(int index) => _pictures[index].Path;

    public (int Height, int Width) SizeOf(int index) => (_size, _size);

    public void Read(int index, int top, int left, int height, int width, Span<float> destination) => _pictures[index].Picture.Read(top, left, height, width, destination);

    private static string ClassOf(string folder, string file)
    {
        string[] parts = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return parts.Length > 1 ? parts[0] : ".";
    }

    private static ImageTensor Shrink(ImageTensor picture, int size, int channels)
    {
        using ImageTensor? luminance = channels == 1 && picture.Channels == 3 ? Luminance.FromRgb(picture) : null;
        ImageTensor source = luminance ?? picture;
        int side = Math.Min(source.Height, source.Width), top = (source.Height - side) / 2, left = (source.Width - side) / 2;
        using ImageTensor square = ImageTensor.CreateUninitialized(ImageShape.Single(channels, side, side));
        for (int row = 0; row < side; row++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                source.Row(0, source.Channels == 1 ? 0 : channel, top + row).Slice(left, side).CopyTo(square.Row(0, channel, row));
            }
        }

        return Resampling.Resize(square, size, size);
    }
}
